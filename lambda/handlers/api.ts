import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Call } from '../api/serve.ts';
import { admit, serve } from '../api/serve.ts';
import { API_OPERATIONS } from '../api/table.ts';
import type { Admission, StreamedForm, StreamedUploadEvent } from '../contract/streamed-upload.ts';
import { isBearer } from '../core/accounts/sign-in/authenticate-token.ts';
import { composeApi } from './composition/api.ts';
import { composeApiHost } from './composition/api-host.ts';
import { collectGarbageRarely, holdYoungGeneration } from './garbage-collection.ts';
import { toRequest, toResult } from './http/web-messages.ts';
import { cdnRequestOf } from './log-line.ts';
import { reporter } from './reporter.ts';

collectGarbageRarely();
const deps = composeApi();
const answer = serve(API_OPERATIONS, deps);
const mayCome = admit(API_OPERATIONS, deps);
const apiHost = composeApiHost();

/** The API: every path of the HTTP API comes here, and `serve` finds the operation; what the receiver of large uploads asks, too. */
export async function handler(event: StreamedUploadEvent, context: Context): Promise<Admission>;
export async function handler(
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2>;
export async function handler(
  event: APIGatewayProxyEventV2 | StreamedUploadEvent,
  { awsRequestId: requestId }: Context,
): Promise<APIGatewayProxyStructuredResultV2 | Admission> {
  holdYoungGeneration();
  const report = reporter(cdnRequestOf(event.headers));
  const host = await apiHost(report);
  const hasToken = isBearer(event.headers.authorization ?? null);
  const call = { requestId, read: () => toRequest(event, host), hasToken, report };
  if (isStreamedUpload(event)) return answerStreamed(call, event.form);
  // Of the connection itself (AWS, "HTTP API access log variables", $context.identity.sourceIp): no header can forge it.
  return toResult(await answer({ ...call, address: event.requestContext.http.sourceIp }));
}

const isStreamedUpload = (event: APIGatewayProxyEventV2 | StreamedUploadEvent): event is StreamedUploadEvent =>
  event.version === 'streamed-upload';

/** The connection was the distribution's, whose address is nobody's. */
async function answerStreamed(call: Call, form: StreamedForm | undefined) {
  if (form) return toResult(await answer({ ...call, form: { ...form, fields: toFields(form) } }));
  const refusal = await mayCome(call);
  return refusal ? toResult(refusal) : { admitted: true as const };
}

const toFields = ({ fields }: StreamedForm) => new Map(fields.map(([name, values]) => [name, [...values]]));

import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { serve } from '../api/serve.ts';
import { API_OPERATIONS } from '../api/table.ts';
import { isBearer } from '../core/accounts/sign-in/authenticate-token.ts';
import { composeApi } from './composition/api.ts';
import { composeApiHost } from './composition/api-host.ts';
import { holdYoungGeneration } from './garbage-collection.ts';
import { toRequest, toResult } from './http/web-messages.ts';
import { cdnRequestOf } from './log-line.ts';
import { reporter } from './reporter.ts';

const answer = serve(API_OPERATIONS, composeApi());
const apiHost = composeApiHost();

/** The API: every path of the HTTP API comes here, and `serve` finds the operation. */
export async function handler(
  event: APIGatewayProxyEventV2,
  { awsRequestId: requestId }: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  holdYoungGeneration();
  const report = reporter(cdnRequestOf(event.headers));
  const host = await apiHost(report);
  // Of the connection itself (AWS, "HTTP API access log variables", $context.identity.sourceIp): no header can forge it.
  const address = event.requestContext.http.sourceIp;
  const hasToken = isBearer(event.headers.authorization ?? null);
  return toResult(await answer({ requestId, read: () => toRequest(event, host), address, hasToken, report }));
}

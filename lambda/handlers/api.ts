import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { serve } from '../api/serve.ts';
import { API_OPERATIONS } from '../api/table.ts';
import { composeApi } from './composition/api.ts';
import { toRequest, toResult } from './http/web-messages.ts';
import { reporter } from './reporter.ts';

const answer = serve(API_OPERATIONS, composeApi());

/** The API: every path of the HTTP API comes here, and `serve` finds the operation. */
export async function handler(
  event: APIGatewayProxyEventV2,
  { awsRequestId }: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  return toResult(
    await answer({ requestId: awsRequestId, read: () => toRequest(event), report: reporter(awsRequestId) }),
  );
}

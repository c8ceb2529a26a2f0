import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { Problem, problem } from '../../core/kernel/problems.ts';
import { reporter } from '../reporter.ts';

/** What ImageKit's SDKs show beside the message; they depend on the member, not on its text. */
const HELP = 'The documentation of this deployment lists parameters, limits and error codes.';

/** Headers that browsers may read; the two names of the request id are the ones that ImageKit's SDKs look for. */
const EXPOSED = 'x-request-id, x-ik-requestid';

/**
 * Gives every answer its request id and CORS headers, and turns every error into JSON with `message` and `help`: a
 * problem says its reason, anything else is logged and says nothing.
 */
export function apiAnswers(): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> {
  return {
    after: (request) => {
      request.response = complete(request.response ?? {}, request.context.awsRequestId);
    },
    onError: (request) => {
      const requestId = request.context.awsRequestId;
      const known = request.error instanceof Problem;
      if (!known) reporter(requestId)('api-failed', request.error);
      const shown = known ? (request.error as Problem) : problem('internal', 'The request could not be carried out.');
      request.response = complete(errorAnswer(shown), requestId);
    },
  };
}

function errorAnswer(error: Problem): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: error.status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(error.status === 401 && { 'www-authenticate': 'Basic realm="private key", charset="UTF-8"' }),
      // A conflict or a refusal does not get better by repetition; without this SDKs try 409 again.
      ...(error.status === 409 && { 'x-should-retry': 'false' }),
    },
    body: JSON.stringify({ message: error.message, help: HELP }),
  };
}

function complete(result: APIGatewayProxyStructuredResultV2, requestId: string): APIGatewayProxyStructuredResultV2 {
  return {
    ...result,
    headers: {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
      'access-control-expose-headers': EXPOSED,
      ...result.headers,
      'x-request-id': requestId,
      'x-ik-requestid': requestId,
    },
  };
}

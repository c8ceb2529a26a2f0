import type { AwsAnswer, AwsApi, AwsRequest } from '../../aws-api/aws-api.ts';
import { ServiceError } from '../../aws-api/service-error.ts';
import type { RunningFunction } from './functions.ts';
import type { Invocation } from './invocation.ts';

const PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** Lambda's Invoke (API version 2015-03-31), for calls that wait for the answer. */
export function invocationApi(functions: readonly RunningFunction[]): AwsApi {
  return {
    signingName: 'lambda',
    errors: 'json',
    takes: ({ path }) => path.startsWith('/2015-03-31/functions/'),
    answer: (request) => invoke(functions, request),
  };
}

async function invoke(
  functions: readonly RunningFunction[],
  { method, path, headers, body }: AwsRequest,
): Promise<AwsAnswer> {
  const name = decodeURIComponent(PATH.exec(path)?.[1] ?? '');
  const isSynchronous = (headers['x-amz-invocation-type'] ?? 'RequestResponse') === 'RequestResponse';
  if (method !== 'POST' || name === '' || !isSynchronous) {
    throw new ServiceError('UnknownOperationException', `${method} ${path} is not known here.`, 404);
  }
  const found = functions.find(({ resource, lambda }) => resource.ref === name || lambda.configuration.arn === name);
  if (!found) throw new ServiceError('ResourceNotFoundException', `Function not found: ${name}`, 404);
  return toAnswer(await found.lambda.invoke(JSON.parse(body.toString() || 'null')));
}

function toAnswer({ payload, functionError, tooLarge, throttled }: Invocation): AwsAnswer {
  if (tooLarge) throw new ServiceError('RequestTooLargeException', 'The event is too large.', 413);
  if (throttled) throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429);
  return {
    status: 200,
    contentType: 'application/json',
    ...(functionError !== undefined && { headers: { 'x-amz-function-error': functionError } }),
    body: payload.toString(),
  };
}

import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, Context, EventBridgeEvent, LambdaFunctionURLEvent } from 'aws-lambda';

/** Events as AWS sends them (payload format 2.0; "EventBridge event message structure" of S3). */

interface Message {
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export function httpApiEvent(method: string, path: string, message: Message = {}): APIGatewayProxyEventV2 {
  const { query = '', headers = {}, body } = message;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers: { host: 'localhost', ...headers },
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: '25/Nov/2026:00:00:00 +0000',
      timeEpoch: 1_795_564_800_000,
    },
    isBase64Encoded: body !== undefined,
    ...(body && { body: Buffer.from(body).toString('base64') }),
  };
}

/** A Function URL's event has the form of an HTTP API's. */
export function functionUrlEvent(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): LambdaFunctionURLEvent {
  return httpApiEvent(method, path, { headers }) as LambdaFunctionURLEvent;
}

export function objectCreated(bucket: string, key: string) {
  const event: EventBridgeEvent<'Object Created', { bucket: { name: string }; object: { key: string; size: number } }> =
    {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Object Created',
      source: 'aws.s3',
      account: '000000000000',
      time: '2026-11-25T00:00:00Z',
      region: 'eu-west-1',
      resources: [`arn:aws:s3:::${bucket}`],
      detail: { bucket: { name: bucket }, object: { key, size: 1 } },
    };
  return event;
}

export function lambdaContext(): Context {
  return {
    awsRequestId: randomUUID(),
    callbackWaitsForEmptyEventLoop: false,
    functionName: 'test',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:test',
    memoryLimitInMB: '1769',
    logGroupName: '/aws/lambda/test',
    logStreamName: 'test',
    getRemainingTimeInMillis: () => 30_000,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}

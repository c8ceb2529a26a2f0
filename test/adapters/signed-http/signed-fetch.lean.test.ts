import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { bucketEndpoint, dynamoEndpoint } from '../../../lambda/adapters/signed-http/service-endpoint.lean.ts';
import { signedFetch } from '../../../lambda/adapters/signed-http/signed-fetch.lean.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
};
const call = signedFetch('s3', ENVIRONMENT);
const get = (url: string, timeout = 1000) => call(url, { method: 'GET', timeout }, (answer) => answer.text());

/** Answers with each of these in turn; the last one stays. */
function inTurn(...answers: RequestListener[]): RequestListener {
  return (request, response) => (answers.length > 1 ? answers.shift() : answers[0])?.(request, response);
}
const status =
  (code: number, body = ''): RequestListener =>
  (_, response) =>
    void response.writeHead(code).end(body);
const breakOff: RequestListener = (_, response) =>
  void response.writeHead(200, { 'content-length': '9' }).write('half', () => response.destroy());

test('a request is signed with the function’s credentials', async () => {
  const seen: Record<string, unknown>[] = [];
  const url = await serve((request, response) => {
    seen.push(request.headers);
    response.end('ok');
  });

  expect(await get(url)).toBe('ok');
  expect(seen[0]).toMatchObject({
    authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=key\/\d{8}\/eu-west-1\/s3\/aws4_request/),
    'x-amz-security-token': 'token',
  });
});

test.each([
  ['server errors', [status(500), status(503), status(200, 'ok')]],
  ['throttling', [status(429), status(503, '<Code>SlowDown</Code>'), status(200, 'ok')]],
  [
    "DynamoDB's throttling, which comes as 400",
    [status(400, '{"__type":"com.amazonaws.dynamodb#ThrottlingException"}'), status(200, 'ok')],
  ],
  ...['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'TransactionInProgressException'].map(
    (code) => [
      `${code} of DynamoDB`,
      [status(400, `{"__type":"com.amazonaws.dynamodb.v20120810#${code}"}`), status(200, 'ok')],
    ],
  ),
  ['a connection that breaks before the answer', [(request) => void request.socket.destroy(), status(200, 'ok')]],
  ['an answer that breaks off', [breakOff, status(200, 'ok')]],
] as [string, RequestListener[]][])('%s are tried again', async (_, answers) => {
  expect(await get(await serve(inTurn(...answers)))).toBe('ok');
});

test('an answer that takes too long is tried again', async () => {
  const url = await serve(inTurn(() => undefined, status(200, 'ok')));

  expect(await get(url, 60)).toBe('ok');
});

test.each([
  ['<Error><Code>NoSuchKey</Code></Error>', 404, 'NoSuchKey'],
  ['{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"}', 400, 'ResourceNotFoundException'],
  ['', 403, ''],
])('other errors are not: %s', async (body, code, awsCode) => {
  let requests = 0;
  const url = await serve((request, response) => {
    requests++;
    status(code, body)(request, response);
  });

  await expect(get(`${url}/secret-key`)).rejects.toMatchObject({
    status: code,
    awsCode,
    message: expect.not.stringContaining('secret-key'),
  });
  expect(requests).toBe(1);
});

test('a kept connection that the other end has closed is replaced', async () => {
  const url = await serve((request, response) => {
    response.end('ok');
    // As AWS does while the function is frozen: without a word.
    if (request.url === '/first') setTimeout(() => request.socket.destroy(), 5);
  });

  expect(await get(`${url}/first`)).toBe('ok');
  expect(await Promise.all(Array.from({ length: 5 }, () => get(`${url}/next`)))).toEqual(Array(5).fill('ok'));
});

test('a connection that fails says nothing about where it led', async () => {
  const error = await get('http://127.0.0.1:1/secret-key').catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ name: 'ConnectionError', message: 'The connection failed: ECONNREFUSED.' });
});

test('one connection serves many requests', async () => {
  const ports = new Set<number | undefined>();
  const url = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    response.end('ok');
  });

  for (let count = 0; count < 4; count++) await get(url);

  expect(ports.size).toBe(1);
});

test('trying again ends', async () => {
  let requests = 0;
  const url = await serve((_, response) => {
    requests++;
    response.writeHead(500).end();
  });

  await expect(get(url)).rejects.toMatchObject({ status: 500 });
  expect(requests).toBe(4);
});

test('endpoints follow the SDK’s settings, and the region without them', () => {
  expect(bucketEndpoint({ AWS_REGION: 'eu-west-1' }, 'b')).toBe('https://b.s3.eu-west-1.amazonaws.com');
  expect(bucketEndpoint({ AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9/' }, 'b')).toBe('http://127.0.0.1:9/b');
  expect(dynamoEndpoint({ AWS_REGION: 'eu-west-1' })).toBe('https://dynamodb.eu-west-1.amazonaws.com');
  expect(dynamoEndpoint({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' })).toBe('http://127.0.0.1:9');
  expect(() => dynamoEndpoint({})).toThrow('AWS_REGION');
});

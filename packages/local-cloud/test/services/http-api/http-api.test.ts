import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { HttpEvent } from '../../../src/services/http-api/event.ts';
import { createHttpApi, type HttpApiOptions } from '../../../src/services/http-api/http-api.ts';
import { type SampleFunction, sampleFunction } from '../lambda/sample-function.ts';

let sample: SampleFunction;
const servers: Server[] = [];
const logged: string[] = [];

beforeAll(async () => {
  sample = await sampleFunction(`
    export const handler = async (event) => {
      const asked = event.headers?.['x-answer'];
      if (asked === 'throw') throw new Error('not for clients');
      if (asked === 'large') return { statusCode: 200, body: 'x'.repeat(6_300_000) };
      if (asked === 'slow') { await new Promise((done) => setTimeout(done, 400)); return 'late'; }
      return asked ? JSON.parse(asked) : event;
    };`);
});

afterAll(() => sample[Symbol.asyncDispose]());

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
  logged.length = 0;
});

/** @returns the base URL */
async function api(keys: readonly string[], options: Partial<HttpApiOptions> = {}): Promise<string> {
  const routes = keys.map((routeKey) => ({ routeKey, invoke: (event: unknown) => sample.lambda.invoke(event) }));
  const log = (line: string): void => void logged.push(line);
  const server = createServer(createHttpApi({ routes, accountId: '000000000000', apiId: 'api1', log, ...options }));
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (answer: unknown): RequestInit => ({ headers: { 'x-answer': JSON.stringify(answer) } });

async function echo(url: string, init?: RequestInit): Promise<HttpEvent> {
  return (await (await fetch(url, init)).json()) as HttpEvent;
}

test('a request becomes an event of payload format 2.0', async () => {
  const base = await api(['PUT /files/{fileId}'], { now: () => new Date(Date.UTC(2026, 2, 12, 19, 3, 58)) });

  const event = await echo(`${base}/files/a%20%C3%A9?tag=1&tag=2&empty=&q=a%20b`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', Cookie: 'a=1; b=2', 'X-Own': 'Value', 'User-Agent': 'test/1' },
    body: '{"ü":1}',
  });

  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'PUT /files/{fileId}',
    rawPath: '/files/a é',
    rawQueryString: 'tag=1&tag=2&empty=&q=a%20b',
    cookies: ['a=1', 'b=2'],
    headers: { 'content-type': 'application/json', 'x-own': 'Value', 'x-forwarded-for': '127.0.0.1' },
    queryStringParameters: { tag: '1,2', empty: '', q: 'a b' },
    pathParameters: { fileId: 'a é' },
    requestContext: {
      accountId: '000000000000',
      apiId: 'api1',
      http: { method: 'PUT', path: '/files/a é', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test/1' },
      routeKey: 'PUT /files/{fileId}',
      stage: '$default',
      time: '12/Mar/2026:19:03:58 +0000',
      timeEpoch: Date.UTC(2026, 2, 12, 19, 3, 58),
    },
    body: '{"ü":1}',
    isBase64Encoded: false,
  });
  expect(event.headers).not.toHaveProperty('cookie');
});

test('a body that is not text arrives in base64, and no body is no member', async () => {
  const base = await api(['$default']);
  const bytes = Buffer.from([0, 255, 128, 1]);

  const binary = await echo(base, { method: 'POST', body: bytes, headers: { 'content-type': 'image/png' } });
  const broken = await echo(base, { method: 'POST', body: bytes, headers: { 'content-type': 'text/plain' } });
  const none = await echo(base);

  expect(binary).toMatchObject({ body: bytes.toString('base64'), isBase64Encoded: true });
  expect(broken).toMatchObject({ body: bytes.toString('base64'), isBase64Encoded: true });
  expect(none.isBase64Encoded).toBe(false);
  expect(none).not.toHaveProperty('body');
  expect(none).not.toHaveProperty('queryStringParameters');
});

test('the most specific route is taken', async () => {
  const base = await api([
    '$default',
    'ANY /{proxy+}',
    'GET /pets/{proxy+}',
    'GET /pets/dog/{id}',
    'ANY /pets/dog/{id}',
    'GET /pets/dog/1',
    'GET /pets/{kind}/1',
  ]);
  const routeOf = async (path: string, method = 'GET') => (await echo(base + path, { method })).routeKey;

  expect(await routeOf('/pets/dog/1')).toBe('GET /pets/dog/1');
  expect(await routeOf('/pets/dog/2')).toBe('GET /pets/dog/{id}');
  expect(await routeOf('/pets/dog/2', 'DELETE')).toBe('ANY /pets/dog/{id}');
  expect(await routeOf('/pets/cat/1')).toBe('GET /pets/{kind}/1');
  expect(await routeOf('/pets/cat/1/2')).toBe('GET /pets/{proxy+}');
  expect(await routeOf('/pets/cat', 'POST')).toBe('ANY /{proxy+}');
  expect(await routeOf('/')).toBe('$default');
  expect((await echo(`${base}/pets/cat/a%2Fb/c`)).pathParameters).toEqual({ proxy: 'cat/a/b/c' });
});

test('no route is 404, and a wrong set of routes is refused at once', async () => {
  const base = await api(['GET /one']);

  const missing = await fetch(`${base}/two`);

  expect(missing.status).toBe(404);
  expect(await missing.json()).toEqual({ message: 'Not Found' });
  expect((await fetch(`${base}/one`, { method: 'POST' })).status).toBe(404);
  expect((await fetch(`${base}/one/`)).status).toBe(404);
  await expect(api(['GET /one', 'GET /one'])).rejects.toThrow('same key');
  await expect(api(['GET one'])).rejects.toThrow('no route');
  await expect(api(['GET /{all+}/more'])).rejects.toThrow('greedy');
});

test('an answer with a status is the response; anything else is the body of a 200', async () => {
  const base = await api(['$default']);
  const bytes = Buffer.from([0, 255]).toString('base64');
  const full = {
    statusCode: 201,
    headers: { 'X-Own': 'a', 'content-length': '999' },
    cookies: ['a=1', 'b=2'],
    body: 'made',
  };

  const response = await fetch(base, answering(full));
  const binary = await fetch(base, answering({ statusCode: 200, body: bytes, isBase64Encoded: true }));
  const plain = await fetch(base, answering({ just: 'data' }));
  const text = await fetch(base, answering('word'));
  const empty = await fetch(base, answering({ statusCode: 204 }));

  expect(response.status).toBe(201);
  expect(response.headers.get('x-own')).toBe('a');
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(await response.text()).toBe('made');
  expect(Buffer.from(await binary.arrayBuffer())).toEqual(Buffer.from([0, 255]));
  expect(plain.headers.get('content-type')).toBe('application/json');
  expect(await plain.json()).toEqual({ just: 'data' });
  expect(await text.text()).toBe('word');
  expect(empty.status).toBe(204);
  expect(empty.headers.get('content-type')).toBeNull();
});

test('a failing function and a malformed answer are a 500 that says nothing, and the log has the reason', async () => {
  const base = await api(['$default']);
  const bodies = [{ statusCode: 'x' }, { statusCode: 200, body: { no: 1 } }, { statusCode: 200, headers: { a: [] } }];

  const thrown = await fetch(base, { headers: { 'x-answer': 'throw' } });
  const malformed = await Promise.all(bodies.map((body) => fetch(base, answering(body))));
  const unsendable = await fetch(base, answering({ statusCode: 200, headers: { a: 'line\nbreak' } }));

  for (const response of [thrown, ...malformed, unsendable]) {
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'Internal Server Error' });
  }
  expect(logged.join('\n')).toContain('not for clients');
});

test('an integration that takes too long is a 503, and the API goes on', async () => {
  const base = await api(['$default'], { integrationTimeout: 100 });

  const late = await fetch(base, { headers: { 'x-answer': 'slow' } });

  expect(late.status).toBe(503);
  expect(await late.json()).toEqual({ message: 'Service Unavailable' });
  await expect.poll(() => fetch(base).then((response) => response.status)).toBe(200);
});

test('payloads above 10 MB of the API, or 6 MB of Lambda, are 413', async () => {
  const base = await api(['$default']);
  const post = (bytes: number, type: string) =>
    fetch(base, { method: 'POST', body: Buffer.alloc(bytes, 'x'), headers: { 'content-type': type } });

  const aboveApi = await post(10 * 1024 * 1024 + 1, 'text/plain');
  const aboveLambda = await post(5_000_000, 'image/png');
  const answer = await fetch(base, { headers: { 'x-answer': 'large' } });

  expect(aboveApi.status).toBe(413);
  expect(await aboveApi.json()).toEqual({ message: 'Request Entity Too Large' });
  expect(aboveLambda.status).toBe(413);
  expect(answer.status).toBe(500);
  expect((await post(4_000_000, 'image/png')).status).toBe(200);
});

test('a request line and header values above 10,240 bytes are 431, and reach no function', async () => {
  const base = await api(['GET /a']);
  const line = 'GET /a HTTP/1.1'.length;
  const ask = async (bytes: number): Promise<string> => {
    const socket = connect(Number(new URL(base).port), '127.0.0.1');
    const fixed = 'localhost'.length + 'close'.length + line;
    socket.write(`GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: ${'x'.repeat(bytes - fixed)}\r\n\r\n`);
    return (await text(socket)).split('\r\n')[0] ?? '';
  };

  expect(await ask(10_240)).toBe('HTTP/1.1 200 OK');
  expect(await ask(10_241)).toBe('HTTP/1.1 431 Request Header Fields Too Large');
});

test('requests above the rate of the stage are 429', async () => {
  const base = await api(['$default'], { throttle: { rateLimit: 0.001, burstLimit: 3 } });

  const answers = await Promise.all(Array.from({ length: 5 }, () => fetch(base)));

  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 200, 200, 429, 429]);
  const refused = answers.find((answer) => answer.status === 429);
  expect(await refused?.json()).toEqual({ message: 'Too Many Requests' });
});

test('a client that leaves in the middle of its upload, or before the answer, harms nobody', async () => {
  const base = await api(['$default']);
  const { port } = new URL(base);
  const head = 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\nx-answer: slow\r\n\r\n';

  for (const body of ['half', 'x'.repeat(1000)]) {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(head + body);
    await new Promise((resolve) => setTimeout(resolve, 30));
    socket.destroy();
  }

  expect((await fetch(base)).status).toBe(200);
});

test('with a CORS configuration the API answers preflights itself and sets the headers of every answer', async () => {
  const cors = {
    AllowOrigins: ['https://app.example', 'http://*'],
    AllowMethods: ['GET', 'POST'],
    AllowHeaders: ['authorization'],
    ExposeHeaders: ['x-request-id'],
    MaxAge: 600,
    AllowCredentials: true,
  };
  const base = await api(['GET /one'], { cors });
  const preflight = (origin: string) =>
    fetch(`${base}/one`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } });

  const allowed = await preflight('https://app.example');
  const other = await preflight('https://other.example');
  const answer = await fetch(`${base}/one`, {
    headers: {
      origin: 'http://any.example',
      'x-answer': JSON.stringify({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': 'overridden' } }),
    },
  });
  const missing = await fetch(`${base}/two`, { headers: { origin: 'https://app.example' } });

  expect(allowed.status).toBe(204);
  expect(Object.fromEntries(allowed.headers)).toMatchObject({
    'access-control-allow-origin': 'https://app.example',
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization',
    'access-control-max-age': '600',
    'access-control-allow-credentials': 'true',
  });
  expect(other.status).toBe(204);
  expect(other.headers.has('access-control-allow-origin')).toBe(false);
  expect(answer.headers.get('access-control-allow-origin')).toBe('http://any.example');
  expect(answer.headers.get('access-control-expose-headers')).toBe('x-request-id');
  expect(missing.status).toBe(404);
  expect(missing.headers.get('access-control-allow-origin')).toBe('https://app.example');
});

test('without a CORS configuration the function answers preflights', async () => {
  const base = await api(['$default']);

  const response = await fetch(base, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://a.example',
      'access-control-request-method': 'GET',
      'x-answer': JSON.stringify({ statusCode: 204, headers: { 'access-control-allow-origin': '*' } }),
    },
  });

  expect(response.headers.get('access-control-allow-origin')).toBe('*');
});

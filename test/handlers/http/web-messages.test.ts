import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toRequest, toResult } from '../../../lambda/handlers/http/web-messages.ts';
import { httpApiEvent } from '../events.ts';

test('an event becomes a request with its method, path, query, headers and bytes', async () => {
  const bytes = Buffer.from([0, 255, 13, 10]);

  const request = toRequest(
    httpApiEvent('POST', '/v1/a%20b/', { query: 'x=1&x=2', headers: { 'x-a': 'b' }, body: bytes }),
  );

  expect(request.method).toBe('POST');
  expect(new URL(request.url).pathname + new URL(request.url).search).toBe('/v1/a%20b/?x=1&x=2');
  expect(request.headers.get('x-a')).toBe('b');
  expect(Buffer.from(await request.arrayBuffer())).toEqual(bytes);
});

test('the host that people call takes the place of what the client or API Gateway says', () => {
  const event = httpApiEvent('GET', '/', { headers: { host: 'id.execute-api.example', 'x-forwarded-host': 'evil' } });

  expect(toRequest(event, 'api.example.com').headers.get('host')).toBe('api.example.com');
  expect(toRequest(event).headers.get('host')).toBe('id.execute-api.example');
});

test('cookies are a header again, wherever they are in the event', () => {
  const event = { ...httpApiEvent('GET', '/'), cookies: ['a=1', 'b=2'] };

  expect(toRequest(event).headers.get('cookie')).toBe('a=1; b=2');
  expect(toRequest(httpApiEvent('GET', '/', { headers: { cookie: 'a=1' } })).headers.get('cookie')).toBe('a=1');
});

test('a body of text is taken as text', async () => {
  const event: APIGatewayProxyEventV2 = { ...httpApiEvent('POST', '/'), body: '{"é":1}', isBase64Encoded: false };

  expect(await toRequest(event).json()).toEqual({ é: 1 });
});

test('a response becomes a result', async () => {
  expect(await toResult(Response.json({ a: 1 }, { status: 201, headers: { 'x-a': 'b' } }))).toEqual({
    statusCode: 201,
    headers: { 'content-type': 'application/json', 'x-a': 'b' },
    body: '{"a":1}',
  });
});

test('whatever headers come, they make a request, without those that HTTP does not know', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), (headers) => {
      const request = toRequest(httpApiEvent('GET', '/', { headers: { ...headers, 'x-kept': 'é' } }));

      expect(request.headers.get('x-kept')).toBe('é');
    }),
  );
});

test.each(['TRACE', 'CONNECT', 'trace'])('%s is refused', (method) => {
  expect(() => toRequest(httpApiEvent(method, '/'))).toThrow(expect.objectContaining({ status: 405 }));
});

test('a compressed body is carried byte for byte', async () => {
  const bytes = Buffer.from([27, 0, 255, 128]);

  const result = await toResult(new Response(bytes, { headers: { 'content-encoding': 'br' } }));

  expect(result.isBase64Encoded).toBe(true);
  expect(Buffer.from(result.body ?? '', 'base64')).toEqual(bytes);
});

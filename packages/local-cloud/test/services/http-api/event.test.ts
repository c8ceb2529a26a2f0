import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HttpEvent, toEventPayload } from '../../../src/services/http-api/event.ts';

const ORIGIN = {
  ...{ accountId: '000000000000', apiId: 'api1', routeKey: '$default', stage: '$default' },
  ...{ path: 'decoded' as const, now: new Date(0) },
};

/** Answers the event of each request. */
const server = createServer(async (request, response) => {
  response.end(toEventPayload(request, await buffer(request), ORIGIN));
});

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

async function eventOf(path: string, init: RequestInit): Promise<HttpEvent> {
  const { port } = server.address() as AddressInfo;
  return (await (await fetch(`http://127.0.0.1:${port}${path}`, init)).json()) as HttpEvent;
}

// Bodies are encoded in pieces of 24,576 bytes.
test.each([1, 24_575, 24_576, 24_577, 73_729, 300_000])('a body of %i bytes is whole in base64', async (size) => {
  const bytes = Buffer.from(Uint8Array.from({ length: size }, (_, index) => (index * 7919) >>> 3));
  const headers = { 'content-type': 'image/png', 'x-own': 'é "quoted" \\' };

  const event = await eventOf('/%C3%A9?q="', { method: 'POST', body: bytes, headers });

  expect(event.body).toBe(bytes.toString('base64'));
  expect(event).toMatchObject({
    rawPath: '/é',
    headers: { 'x-own': 'é "quoted" \\' },
    requestContext: { apiId: 'api1' },
    isBase64Encoded: true,
  });
});

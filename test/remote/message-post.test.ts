import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { guardedExchange } from '../../lambda/remote/guarded-exchange.ts';
import { messagePost } from '../../lambda/remote/message-post.ts';

const closes: (() => unknown)[] = [];

afterEach(() => {
  for (const close of closes.splice(0)) close();
});

async function receiver(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closes.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const post = (url: string, exceptions = '127.0.0.0/8') =>
  messagePost(guardedExchange({ exceptions, maximumBytes: 0, headerTimeout: 300, totalTimeout: 300 }))({
    ...{ url, headers: { 'webhook-id': '1' }, body: '{"a":"ü"}' },
  });

test('the body arrives byte for byte, and an answer without one is an answer', async () => {
  const seen: unknown[] = [];
  const url = await receiver(async (request, response) => {
    seen.push([request.method, request.headers['webhook-id'], await text(request)]);
    response.end();
  });

  expect(await post(url)).toEqual({ status: 200 });
  expect(seen).toEqual([['POST', '1', '{"a":"ü"}']]);
});

test('a receiver that says nothing is late, and one that never ends its answer is not waited for', async () => {
  expect(await post(await receiver(() => undefined))).toEqual({ fault: 'late' });

  const endless = await receiver((_, response) => void response.writeHead(200).write('x'));
  expect(await post(endless)).toEqual({ status: 200 });
});

test('one that breaks off, one that is not there, and one that may not be reached are told apart', async () => {
  const broken = await receiver((request) => void request.socket.destroy());
  expect(await post(broken)).toEqual({ fault: 'broken' });
  for (const close of closes.splice(0)) close();
  expect(await post(broken)).toEqual({ fault: 'refused' });

  const inside = await receiver((_, response) => void response.end());
  expect(await post(inside, '')).toEqual({ fault: 'forbidden' });
  expect(await post('http://169.254.169.254/', '')).toEqual({ fault: 'forbidden' });
});

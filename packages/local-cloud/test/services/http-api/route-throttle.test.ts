import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createHttpApi } from '../../../src/services/http-api/http-api.ts';

test('a route has tokens of its own, by its own settings or by those of the stage', async () => {
  const invoke = async () => ({ payload: Buffer.from('{"statusCode":200}') });
  const routes = [
    { routeKey: '$default', invoke },
    { routeKey: 'POST /upload', invoke, throttle: { rateLimit: 0.001, burstLimit: 3 } },
  ];
  const throttle = { rateLimit: 0.001, burstLimit: 2 };
  const api = createHttpApi({ routes, throttle, accountId: '000000000000', apiId: 'api1', log: console.error });
  const server = createServer(api).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const statuses = async (method: string, path: string) => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => fetch(base + path, { method })));
    return answers.map(({ status }) => status).toSorted();
  };

  expect(await statuses('POST', '/upload')).toEqual([200, 200, 200, 429, 429]);
  expect(await statuses('GET', '/other')).toEqual([200, 200, 429, 429, 429]);
  server.closeAllConnections();
  server.close();
});

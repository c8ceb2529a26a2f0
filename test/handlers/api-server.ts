import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import ImageKit from '@imagekit/nodejs';
import { PRIVATE_KEY } from './cloud-fixture.ts';
import { httpApiEvent, lambdaContext } from './events.ts';

/** The API function behind a plain server, for clients that want a URL. */
export interface ApiServer {
  readonly baseURL: string;
  readonly client: (privateKey?: string) => ImageKit;
  readonly close: () => void;
}

/** The handler is imported now: the environment must be set. */
export async function startApiServer(): Promise<ApiServer> {
  const { handler } = await import('../../lambda/handlers/api.ts');
  const server = createServer(async (request, response) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const event = httpApiEvent(request.method ?? '', path, { query, headers, body: await buffer(request) });
    const result = await handler(event, lambdaContext());
    const cookies = result.cookies && { 'set-cookie': result.cookies };
    const sent = { ...(result.headers as Record<string, string>), ...cookies };
    response.writeHead(result.statusCode ?? 200, sent).end(result.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseURL,
    client: (privateKey = PRIVATE_KEY) => new ImageKit({ privateKey, baseURL, maxRetries: 0 }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

import type { RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { GuardOptions } from '../../lambda/remote/guarded-exchange.ts';
import { guardedExchange } from '../../lambda/remote/guarded-exchange.ts';
import type { RemoteFault } from '../../lambda/remote/remote-fault.ts';
import type { WebServer } from './web-server.ts';
import { startWebServer } from './web-server.ts';

const servers: WebServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(listener: RequestListener): Promise<WebServer> {
  const server = await startWebServer(listener);
  servers.push(server);
  return server;
}

const exchange = (options: Partial<GuardOptions> = {}) =>
  guardedExchange({ exceptions: '127.0.0.0/8', maximumBytes: 1000, ...options });

async function kindOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: RemoteFault) => reason,
  );
  return error?.kind ?? 'no fault';
}

test('an answer comes with its status and headers; only 200 has bytes', async () => {
  const { url } = await serve(({ url }, response) =>
    response.writeHead(url === '/a' ? 200 : 404, { 'x-kind': 'a' }).end('text'),
  );

  const [found, missing] = await Promise.all([exchange()({ url: `${url}/a` }), exchange()({ url: `${url}/b` })]);

  expect([found.status, found.headers['x-kind'], Buffer.from(found.bytes).toString()]).toEqual([200, 'a', 'text']);
  expect([missing.status, missing.bytes.byteLength]).toEqual([404, 0]);
});

test('headers go to the asked origin only: a redirect elsewhere loses them, also by another port', async () => {
  const other = await serve((_, response) => void response.end('ok'));
  const { url, seen } = await serve(({ url }, response) => {
    response.writeHead(302, { location: url === '/a' ? '/b' : `${other.url}/c` }).end();
  });
  const headers = { authorization: 'secret', host: 'viewer.example', 'x-req-from': 'vitrine' };

  await exchange()({ url: `${url}/a`, headers });

  expect(seen.map(({ headers }) => [headers.authorization, headers.host])).toEqual([
    ['secret', 'viewer.example'],
    ['secret', 'viewer.example'],
  ]);
  expect(other.seen[0]?.headers).not.toHaveProperty('authorization');
  expect(other.seen[0]?.headers).not.toHaveProperty('x-req-from');
  expect(other.seen[0]?.headers.host).toBe(`127.0.0.1:${other.port}`);
});

// SSRF-020
test('a redirect to a host that is not allowed is not followed', async () => {
  const other = await serve((_, response) => void response.end('ok'));
  const { url } = await serve((_, response) => {
    response.writeHead(302, { location: `http://localhost:${other.port}/` }).end();
  });

  expect(await kindOf(exchange()({ url, allowHost: (host) => host === '127.0.0.1' }))).toBe('forbidden');
  expect(other.seen).toEqual([]);
});

test('no redirect is followed when none may be: it is an answer', async () => {
  const { url, seen } = await serve((_, response) => void response.writeHead(302, { location: '/b' }).end());

  expect((await exchange()({ url, redirects: 0 })).status).toBe(302);
  expect(seen).toHaveLength(1);
});

test('a configured port is reached, and no other beside the web’s', async () => {
  const resolve = async () => [{ address: '192.0.2.1', family: 4 }];
  const options = { exceptions: '', resolve, headerTimeout: 30 };

  expect(await kindOf(exchange(options)({ url: 'http://a.example:6379/' }))).toBe('forbidden');
  const open = { ...options, resolve: async () => [{ address: '93.184.216.34', family: 4 }] };
  expect(await kindOf(exchange(open)({ url: 'http://a.example:6379/' }))).toBe('forbidden');
  expect(await kindOf(exchange(open)({ url: 'http://a.example:8443/', port: 8443 }))).not.toBe('forbidden');
});

test('nobody listening, slowness, size and rubbish are told apart', async () => {
  const gone = await startWebServer(() => undefined);
  await gone.close();
  const silent = await serve(() => undefined);
  const large = await serve(
    (_, response) => void response.writeHead(200, { 'content-length': '1001' }).end(Buffer.alloc(1001)),
  );
  const headers = await serve((_, response) => void response.writeHead(200, { 'x-a': 'a'.repeat(20_000) }).end('x'));

  expect(await kindOf(exchange()({ url: gone.url }))).toBe('refused');
  expect(await kindOf(exchange({ headerTimeout: 40 })({ url: silent.url }))).toBe('timeout');
  expect(await kindOf(exchange()({ url: large.url }))).toBe('too-large');
  expect(await kindOf(exchange()({ url: headers.url }))).toBe('broken');
});

test('a server that sends on and on without saying how much misbehaves', async () => {
  const { url } = await serve((_, response) => {
    const timer = setInterval(() => response.write(Buffer.alloc(200)), 1);
    response.on('close', () => clearInterval(timer));
  });

  expect(await kindOf(exchange()({ url }))).toBe('endless');
});

import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Problem } from '../../lambda/core/kernel/problems.ts';
import type { GuardedFetchOptions } from '../../lambda/remote/guarded-fetch.ts';
import { guardedFetch } from '../../lambda/remote/guarded-fetch.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

async function serve(
  listener: RequestListener,
  host = '127.0.0.1',
): Promise<{ port: number; url: string; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.headers.host}${request.url}`);
    listener(request, response);
  });
  servers.push(server.listen(0, host));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}`, seen };
}

const fetcher = (options: Partial<GuardedFetchOptions> = {}) =>
  guardedFetch({ exceptions: '127.0.0.0/8', maximumBytes: 1000, ...options });

async function refusal(work: Promise<unknown>): Promise<Problem> {
  const error: unknown = await work.then(
    () => undefined,
    (reason) => reason,
  );
  return error as Problem;
}

test('a file is fetched byte for byte, with nothing of ours in the request', async () => {
  const headers: unknown[] = [];
  const { url } = await serve((request, response) => {
    headers.push(request.headers);
    response.end(Buffer.from([0, 255, 128]));
  });

  expect(Buffer.from(await fetcher()(`${url}/a%20b.jpg?x=1`))).toEqual(Buffer.from([0, 255, 128]));
  expect(Object.keys(headers[0] as object).sort()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ]);
});

test.each([
  'http://127.0.0.1/a',
  'http://2130706433/a',
  'http://0x7f.1/a',
  'http://[::1]/a',
  'http://[::ffff:127.0.0.1]/a',
  'http://[64:ff9b::a9fe:a9fe]/a',
  'http://169.254.169.254/latest/meta-data/',
  'http://localhost/a',
  'http://0/a',
])('%s is not connected to', async (url) => {
  const error = await refusal(fetcher({ exceptions: '' })(url));

  expect(error.code).toBe('upload.remote-failed');
  expect(error.message).toMatch(/public address/);
});

test.each(['ftp://example.com/a', 'file:///etc/passwd', 'http://user:secret@example.com/a', 'https://', 'gopher://x'])(
  '%s is no URL to fetch',
  async (url) => {
    expect((await refusal(fetcher()(url))).code).toBe('upload.remote-failed');
  },
);

test('one private address among public ones is enough to refuse', async () => {
  const resolve = async () => [
    { address: '93.184.216.34', family: 4 },
    { address: '10.0.0.7', family: 4 },
  ];

  expect((await refusal(fetcher({ exceptions: '', resolve })('http://mixed.example/a'))).message).toMatch(
    /public address/,
  );
});

// SSRF-018
test('the checked address is the one connected to, whatever the name resolves to later', async () => {
  const { url, port, seen } = await serve((_, response) => void response.end('ok'));
  let asked = 0;
  const resolve = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '10.0.0.7', family: 4 }];

  const bytes = await fetcher({ resolve })(url.replace('127.0.0.1', 'rebinding.example'));

  expect(Buffer.from(bytes).toString()).toBe('ok');
  expect(asked).toBe(1);
  expect(seen).toEqual([`rebinding.example:${port}/`]);
});

test('public hosts are reached on web ports only', async () => {
  const resolve = async () => [{ address: '93.184.216.34', family: 4 }];

  expect((await refusal(fetcher({ resolve })('http://example.com:22/a'))).message).toMatch(/ports 80 and 443/);
});

test('every redirect is checked again', async () => {
  const { url, seen } = await serve((_, response) => {
    response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end();
  });

  expect((await refusal(fetcher()(`${url}/a`))).message).toMatch(/public address/);
  expect(seen).toHaveLength(1);
});

test.each(['file:///etc/passwd', 'ftp://example.com/', 'http://user:pw@127.0.0.1/'])(
  'a redirect to %s is refused',
  async (location) => {
    const { url } = await serve((_, response) => void response.writeHead(307, { location }).end());

    expect((await refusal(fetcher()(url))).message).toMatch(/http or https/);
  },
);

test('three redirects are followed, a fourth is not', async () => {
  const { url } = await serve((request, response) => {
    const left = Number(request.url?.slice(1));
    if (left > 0) response.writeHead(302, { location: `/${left - 1}` }).end();
    else response.end('arrived');
  });

  expect(Buffer.from(await fetcher()(`${url}/3`)).toString()).toBe('arrived');
  expect((await refusal(fetcher()(`${url}/4`))).message).toMatch(/more than 3/);
});

test.each([404, 500, 206, 204])('the status %i is no file', async (status) => {
  const { url } = await serve((_, response) => void response.writeHead(status).end());

  expect((await refusal(fetcher()(url))).message).toContain(String(status));
});

test.each([
  ['announced', { 'content-length': '1001' }],
  ['not announced', {}],
])('a body over the limit is refused when its size is %s', async (_, headers) => {
  const { url } = await serve((_request, response) => void response.writeHead(200, headers).end(Buffer.alloc(1001)));

  const error = await refusal(fetcher()(url));

  expect(error.status).toBe(413);
  expect(error.message).toContain('1000');
});

test('an endless body ends at the limit', async () => {
  const { url } = await serve((_, response) => {
    const timer = setInterval(() => response.write(Buffer.alloc(200)), 1);
    response.on('close', () => clearInterval(timer));
  });

  expect((await refusal(fetcher()(url))).code).toBe('upload.too-large');
});

test.each([
  ['truncated', { 'content-length': '500' }, 'cut', /broke off/],
  ['compressed', { 'content-encoding': 'gzip' }, 'x', /compressed/],
  ['empty', {}, '', /empty/],
])('a body that is %s is refused', async (_, headers, body, message) => {
  const { url } = await serve((_request, response) => {
    response.writeHead(200, headers);
    if (body === 'cut') response.write(body, () => response.destroy());
    else response.end(body);
  });

  expect((await refusal(fetcher()(url))).message).toMatch(message);
});

test('headers that do not come are not waited for', async () => {
  const { url } = await serve(() => undefined);

  expect((await refusal(fetcher({ headerTimeout: 60 })(url))).message).toMatch(/longer than 0.06 s/);
});

test('a body may take longer than its headers, but not for ever', async () => {
  const { url } = await serve((_, response) => {
    response.write('a');
    setTimeout(() => response.end('b'), 150);
  });
  const { url: endless } = await serve((_, response) => void response.write('a'));

  expect(Buffer.from(await fetcher({ headerTimeout: 80 })(url)).toString()).toBe('ab');
  expect((await refusal(fetcher({ totalTimeout: 80 })(endless))).message).toMatch(/longer than 0.08 s/);
});

test('a server that is not there is named as such', async () => {
  const { url } = await serve(() => undefined);
  const [server] = servers.splice(0);
  server?.close();
  await once(server as Server, 'close');

  expect((await refusal(fetcher()(url))).message).toMatch(/could not be reached/);
});

test('a name without an address is named as such', async () => {
  const resolve = async () => Promise.reject(new Error('ENOTFOUND'));

  expect((await refusal(fetcher({ resolve })('http://nowhere.example/a'))).message).toMatch(/no address/);
});

test('an exception that is no block stops the function at its start', () => {
  expect(() => fetcher({ exceptions: '127.0.0.1' })).toThrow(/CIDR/);
});

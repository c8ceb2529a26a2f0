import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardedExchange } from '../../../lambda/remote/guarded-exchange.ts';
import { storedOrigin } from '../../core/settings/origins/stored-origin.ts';
import type { WebServer } from '../web-server.ts';
import { startWebServer } from '../web-server.ts';
import { found, testFetcher, textOf } from './fetcher-fixture.ts';

/* Web folders and web proxies against a real server. */
let server: WebServer;

beforeAll(async () => {
  server = await startWebServer(({ url = '' }, response) => {
    const [path = ''] = url.split('?');
    if (path.endsWith('/private.jpg')) response.setHeader('is-private-file', 'TRUE');
    if (path.endsWith('/tagged.jpg')) response.setHeader('etag', '"e1"').setHeader('content-type', 'image/jpeg');
    const status = Number(/status-(\d+)/.exec(path)?.[1] ?? 200);
    if (path.endsWith('/away.jpg')) response.setHeader('location', 'http://localhost/');
    response.writeHead(path.endsWith('/away.jpg') ? 302 : status).end(url);
  });
});

afterAll(() => server?.close());

const folder = (settings = {}) => storedOrigin('WEB_FOLDER', { baseUrl: `${server.url}/media/`, ...settings });
const proxy = (...allowedHosts: string[]) => storedOrigin('WEB_PROXY', { allowedHosts });

test('a web folder is asked below its base URL, escaped, and told who asks', async () => {
  const outcome = await testFetcher().fetch(folder(), '/a b/ü%#?.jpg');

  expect(textOf(outcome)).toBe('/media/a%20b/%C3%BC%25%23%3F.jpg');
  const { headers } = server.seen.at(-1) ?? {};
  expect(headers).toMatchObject({ 'x-req-from': 'vitrine', host: `127.0.0.1:${server.port}` });
});

test('the viewer’s host goes to the origin when it wants it, and changes nothing else', async () => {
  const { fetch } = testFetcher();

  await fetch(folder(), '/a.jpg', 'evil.test');
  expect(server.seen.at(-1)?.headers.host).toBe(`127.0.0.1:${server.port}`);
  const forwarded = await fetch(folder({ forwardHostHeaderToOrigin: true }), '/a.jpg', 'evil.test');
  expect(textOf(forwarded)).toBe('/media/a.jpg');
  expect(server.seen.at(-1)?.headers.host).toBe('evil.test');
});

test.each([
  [404, 'missing'],
  [410, 'missing'],
  [401, 'denied'],
  [403, 'denied'],
  [429, 'broken'],
  [500, 'broken'],
  [204, 'broken'],
  [304, 'broken'],
])('a web server that answers %i: %s', async (status, outcome) => {
  expect(textOf(await testFetcher().fetch(folder(), `/status-${status}`))).toBe(outcome);
});

test('a redirect away from the folder’s host is denied', async () => {
  expect(textOf(await testFetcher().fetch(folder(), '/away.jpg'))).toBe('denied');
});

test('a file may call itself private, and has the server’s etag or one of its bytes', async () => {
  const fetcher = testFetcher();
  const [secret, tagged, plain] = await Promise.all(
    ['/private.jpg', '/tagged.jpg', '/a.jpg'].map(async (path) => found(await fetcher.fetch(folder(), path))),
  );

  expect([secret?.isPrivate, tagged?.isPrivate]).toEqual([true, false]);
  expect(tagged).toMatchObject({ etag: '"e1"', contentType: 'image/jpeg' });
  expect(plain?.etag).toMatch(/^[0-9a-f]{64}$/);
});

test('a server that is not there, and one that is inside without an exception', async () => {
  const gone = await startWebServer(() => undefined);
  await gone.close();

  expect(textOf(await testFetcher().fetch(folder({ baseUrl: gone.url }), '/a.jpg'))).toBe('unreachable');
  expect(textOf(await testFetcher().fetch(folder({ baseUrl: 'http://10.0.0.1' }), '/a.jpg'))).toBe('denied');
  expect(textOf(await testFetcher().fetch(folder({ baseUrl: 'http://169.254.169.254' }), '/a.jpg'))).toBe('denied');
});

test('a web proxy fetches the URL in the path, from hosts of its list only', async () => {
  const path = `/http:/127.0.0.1:${server.port}/x/a b.jpg?w=1`;

  expect(textOf(await testFetcher().fetch(proxy('*'), path))).toBe('/x/a%20b.jpg?w=1');
  expect(server.seen.at(-1)?.headers['x-req-from']).toBe('vitrine');
  const asked = server.seen.length;
  for (const stored of [proxy(), proxy('images.example.com')]) {
    expect(textOf(await testFetcher().fetch(stored, path))).toBe('denied');
  }
  expect(server.seen.length).toBe(asked);
});

test.each(['http:/169.254.169.254/latest/meta-data/', 'http:/2130706433/', 'https:/[::1]/', 'http:/user@127.0.0.1/'])(
  'a web proxy for every host still does not reach %s',
  async (url) => {
    const exchange = guardedExchange({ exceptions: '', maximumBytes: 1000 });

    expect(textOf(await testFetcher({}, { exchange }).fetch(proxy('*'), `/${url}`))).toBe('denied');
  },
);

test('a path that is no URL is none of a web proxy’s', async () => {
  expect(textOf(await testFetcher().fetch(proxy('*'), '/a.jpg'))).toBe('missing');
  expect(textOf(await testFetcher().fetch(proxy('*'), '/ftp:/a.example/b'))).toBe('missing');
});

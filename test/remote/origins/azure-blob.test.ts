import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storedOrigin } from '../../core/settings/origins/stored-origin.ts';
import type { WebServer } from '../web-server.ts';
import { startWebServer } from '../web-server.ts';
import { found, testFetcher, textOf } from './fetcher-fixture.ts';

/* A server that verifies service signatures of containers as Azure documents them ("Create a service SAS"). */
const ACCOUNT = 'account';
const KEY = Buffer.from('the shared key of the storage account');
let server: WebServer;

beforeAll(async () => {
  server = await startWebServer(({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://x');
    if (!verify(pathname, searchParams)) return void response.writeHead(403).end();
    if (pathname !== '/pictures/2026/a%20b.png') return void response.writeHead(404).end();
    response.setHeader('x-ms-meta-isprivatefile', 'true');
    response.writeHead(200, { etag: '"0x8D"', 'content-type': 'image/png' }).end('azure');
  });
});

afterAll(() => server?.close());

/** The text that is signed for a container with version 2020-12-06 and later. */
function stringToSign(parameters: URLSearchParams, container: string): string {
  const of = (name: string) => parameters.get(name) ?? '';
  const fields = [of('sp'), of('st'), of('se'), `/blob/${ACCOUNT}/${container}`, of('si'), of('sip'), of('spr')];
  return [...fields, of('sv'), of('sr'), '', '', of('rscc'), of('rscd'), of('rsce'), of('rscl'), of('rsct')].join('\n');
}

function sign(parameters: URLSearchParams, container: string): string {
  return createHmac('sha256', KEY).update(stringToSign(parameters, container)).digest('base64');
}

function verify(path: string, parameters: URLSearchParams): boolean {
  const signature = sign(parameters, path.split('/')[1] ?? '');
  return parameters.get('sig') === signature && Date.parse(parameters.get('se') ?? '') > Date.now();
}

function sasToken(expires = new Date(Date.now() + 60_000)): string {
  const parameters = new URLSearchParams({ sp: 'r', se: expires.toISOString(), sv: '2022-11-02', sr: 'c' });
  parameters.set('sig', sign(parameters, 'pictures'));
  return parameters.toString();
}

const fetcher = (token: string) =>
  testFetcher(
    { sasToken: token },
    { endpoints: { region: 'us-east-1', s3: () => server.url, google: server.url, azure: () => server.url } },
  );
const origin = (settings = {}) =>
  storedOrigin('AZURE_BLOB', { accountName: ACCOUNT, container: 'pictures', prefix: '2026', ...settings }, 'sealed');

test.each([
  ['as it is', (token: string) => token],
  ['with a question mark', (token: string) => `?${token}`],
  ['as a whole URL', (token: string) => `https://account.blob.core.windows.net/pictures?${token}`],
])('a blob is read with a shared access signature %s', async (_, write) => {
  const outcome = await fetcher(write(sasToken())).fetch(origin(), '/a b.png');

  expect(textOf(outcome)).toBe('azure');
  expect(found(outcome)).toMatchObject({ etag: '"0x8D"', isPrivate: true });
  expect(server.seen.at(-1)?.headers['x-ms-version']).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('a blob that is not there, a signature for another container, and one that has ended', async () => {
  expect(textOf(await fetcher(sasToken()).fetch(origin(), '/b.png'))).toBe('missing');
  expect(textOf(await fetcher(sasToken()).fetch(origin({ container: 'others' }), '/a b.png'))).toBe('denied');
  expect(textOf(await fetcher(sasToken(new Date(0))).fetch(origin(), '/a b.png'))).toBe('denied');
});

import { createHash, createVerify, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storedOrigin } from '../../core/settings/origins/stored-origin.ts';
import type { WebServer } from '../web-server.ts';
import { startWebServer } from '../web-server.ts';
import { found, testFetcher, textOf } from './fetcher-fixture.ts';

/*
 * A server that verifies V4 signatures as Google Cloud Storage documents them ("Signatures", "Canonical requests"),
 * from the request alone and with the public key only.
 */
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const EMAIL = 'reader@project.iam.gserviceaccount.com';
const CLOCK = Date.UTC(2026, 10, 25, 6, 7, 8);
let server: WebServer;

beforeAll(async () => {
  server = await startWebServer(({ url = '', headers, method = '' }, response) => {
    const [path = '', query = ''] = url.split('?');
    const verdict = verify(method, path, query, headers.host ?? '');
    if (verdict !== 'ok') return void response.writeHead(403).end(verdict);
    if (path !== '/theirs/photos/a%20b/%C3%BC%2B.png') return void response.writeHead(404).end();
    response.setHeader('x-goog-meta-isprivatefile', 'true');
    response.writeHead(200, { etag: '"g"', 'content-type': 'image/png' }).end('google');
  });
});

afterAll(() => server?.close());

function verify(method: string, path: string, query: string, host: string): string {
  const items = query.split('&').map((item) => item.split('=') as [string, string]);
  const given = new Map(items.map(([name, value]) => [name, decodeURIComponent(value)]));
  const sorted = items.filter(([name]) => name !== 'X-Goog-Signature').sort(([a], [b]) => (a < b ? -1 : 1));
  const canonicalQuery = sorted.map(([name, value]) => `${name}=${value}`).join('&');
  const canonical = `${method}\n${path}\n${canonicalQuery}\nhost:${host}\n\nhost\nUNSIGNED-PAYLOAD`;
  const date = given.get('X-Goog-Date') ?? '';
  const scope = `${date.slice(0, 8)}/auto/storage/goog4_request`;
  const digest = createHash('sha256').update(canonical).digest('hex');
  if (given.get('X-Goog-Credential') !== `${EMAIL}/${scope}`) return 'credential';
  if (given.get('X-Goog-Algorithm') !== 'GOOG4-RSA-SHA256' || given.get('X-Goog-SignedHeaders') !== 'host')
    return 'form';
  const at = Date.parse(date.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(at <= CLOCK && CLOCK < at + Number(given.get('X-Goog-Expires')) * 1000)) return 'expired';
  const text = `GOOG4-RSA-SHA256\n${date}\n${scope}\n${digest}`;
  const valid = createVerify('RSA-SHA256')
    .update(text)
    .verify(publicKey, given.get('X-Goog-Signature') ?? '', 'hex');
  return valid ? 'ok' : 'signature';
}

const fetcher = (privateKey = PEM) =>
  testFetcher(
    { privateKey },
    {
      clock: () => CLOCK,
      endpoints: { region: 'us-east-1', s3: () => server.url, google: server.url, azure: () => server.url },
    },
  );
const origin = (settings = {}) =>
  storedOrigin('GCS', { bucket: 'theirs', prefix: 'photos', clientEmail: EMAIL, ...settings }, 'sealed');

test('an object is read with the key of a service account', async () => {
  const outcome = await fetcher().fetch(origin(), '/a b/ü+.png');

  expect(textOf(outcome)).toBe('google');
  expect(found(outcome)).toMatchObject({ etag: '"g"', contentType: 'image/png', isPrivate: true });
});

test('an object that is not there', async () => {
  expect(textOf(await fetcher().fetch(origin(), '/b.png'))).toBe('missing');
});

test('another account’s key, and one that is none', async () => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

  const signed = fetcher(other.export({ type: 'pkcs8', format: 'pem' }).toString());
  expect(textOf(await signed.fetch(origin(), '/a b/ü+.png'))).toBe('denied');
  const damaged = fetcher('-----BEGIN PRIVATE KEY-----\nnone\n-----END PRIVATE KEY-----');
  expect(textOf(await damaged.fetch(origin(), '/a b/ü+.png'))).toBe('denied');
});

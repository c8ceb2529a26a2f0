import { generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OriginCredentials, StoredOrigin } from '../../../lambda/core/settings/origins/origin.ts';
import type { FetchOutcome, OriginQuestion } from '../../../lambda/core/settings/origins/origin-fetcher.ts';
import { guardedExchange } from '../../../lambda/remote/guarded-exchange.ts';
import { originFetcher } from '../../../lambda/remote/origins/origin-fetcher.ts';
import { TEST_CREDENTIALS } from '../../adapters/library-fixture.ts';
import { storedOrigin } from '../../core/settings/origins/stored-origin.ts';
import type { WebServer } from '../web-server.ts';
import { startWebServer } from '../web-server.ts';
import { found, textOf } from './fetcher-fixture.ts';

/*
 * What every kind of origin holds to, against a server on this machine that has the same files for all of them. How each kind
 * signs is tried in its own file, against servers that check signatures.
 */
const LIMIT = 1000;
const TEXT = 'the bytes of a file';
/** Whatever a URL has a meaning for. */
const ODD = "ü (1)+'~&=#?%20%2F;,@$!*:[].png";

let server: WebServer;
let elsewhere: WebServer;

beforeAll(async () => {
  [server, elsewhere] = await Promise.all([
    startWebServer(answer),
    startWebServer((_, response) => void response.end('stolen')),
  ]);
});
afterAll(async () => {
  await Promise.all([server?.close(), elsewhere?.close()]);
});

function answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
  const name = decodeURIComponent(url.replace(/\?.*$/, '').replace(/^.*\//, ''));
  switch (name) {
    case 'file.txt':
      if (headers['if-match'] !== undefined && headers['if-match'] !== '"e1"')
        return void response.writeHead(412).end();
      return void sendRange(headers.range, response);
    case 'ignores-conditions.txt':
      return void response.writeHead(200, { etag: '"e1"' }).end(TEXT);
    case 'weak.txt':
      return void response.writeHead(200, { etag: 'W/"e1"' }).end(TEXT);
    case ODD:
      return void response.end('odd');
    case 'forbidden':
      return void response.writeHead(403).end();
    case 'broken':
      return void response.writeHead(500).end();
    case 'announced-large':
      return void response.writeHead(200, { 'content-length': String(LIMIT + 1) }).end('x');
    case 'endless':
      response.writeHead(200);
      return void response.end('x'.repeat(LIMIT + 1));
    case 'short':
      response.writeHead(200, { 'content-length': '100' });
      return void response.write('only this', () => response.destroy());
    case 'empty':
      return void response.writeHead(200).end();
    case 'compressed':
      return void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
    case 'away':
      return void response.writeHead(302, { location: `${elsewhere.url.replace('127.0.0.1', 'localhost')}/x` }).end();
    case 'slow':
      return;
    case 'stalls':
      response.writeHead(200, { 'content-length': '100' });
      return void response.write('some');
  }
  response.writeHead(404).end();
}

function sendRange(range: string | undefined, response: ServerResponse): void {
  const last = /^bytes=0-(\d+)$/.exec(range ?? '')?.[1];
  const headers = { etag: '"e1"', 'content-type': 'text/plain' };
  if (last === undefined) return void response.writeHead(200, headers).end(TEXT);
  response.writeHead(206, headers).end(TEXT.slice(0, Number(last) + 1));
}

interface Kind {
  readonly origin: () => StoredOrigin;
  readonly credentials: OriginCredentials;
  /** Asset path of a file. */
  readonly path: (name: string) => string;
}

const plain = (name: string): string => `/a b/${name}`;
const KEYS = { accessKey: TEST_CREDENTIALS.accessKeyId, secretKey: TEST_CREDENTIALS.secretAccessKey };
const PRIVATE_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ROLE = { useIAMRole: true, roleArn: 'arn:aws:iam::000000000000:role/vitrine-origin' };

const KINDS: Readonly<Record<string, Kind>> = {
  'S3 with keys': { origin: () => storedOrigin('S3', { bucket: 'b1' }, 'sealed'), credentials: KEYS, path: plain },
  'S3 with a role': { origin: () => storedOrigin('S3', { bucket: 'b1', ...ROLE }), credentials: {}, path: plain },
  'S3 compatible': {
    origin: () => storedOrigin('S3_COMPATIBLE', { endpoint: server.url, bucket: 'b1' }, 'sealed'),
    credentials: KEYS,
    path: plain,
  },
  'web folder': {
    origin: () => storedOrigin('WEB_FOLDER', { baseUrl: `${server.url}/media/` }),
    credentials: {},
    path: plain,
  },
  'web proxy': {
    origin: () => storedOrigin('WEB_PROXY', { allowedHosts: ['127.0.0.1', '*'] }),
    credentials: {},
    // A URL, in which a name is escaped.
    path: (name) => `/${server.url}/${encodeURIComponent(name)}`,
  },
  'Google Cloud Storage': {
    origin: () => storedOrigin('GCS', { bucket: 'b1', clientEmail: 'reader@example.com' }, 'sealed'),
    credentials: { privateKey: PRIVATE_KEY.export({ type: 'pkcs8', format: 'pem' }).toString() },
    path: plain,
  },
  'Azure blobs': {
    origin: () => storedOrigin('AZURE_BLOB', { accountName: 'account', container: 'c1' }, 'sealed'),
    credentials: { sasToken: 'sv=2021-12-02&sig=signature' },
    path: plain,
  },
};

const resolve = async (host: string) => [{ address: host === 'localhost' ? '10.0.0.1' : '127.0.0.1', family: 4 }];

function ask(kind: Kind, name: string, more: Omit<OriginQuestion, 'path'> = {}): Promise<FetchOutcome> {
  const fetcher = originFetcher({
    exchange: guardedExchange({
      ...{ exceptions: '127.0.0.0/8', maximumBytes: LIMIT, resolve },
      ...{ headerTimeout: 400, totalTimeout: 600 },
    }),
    opener: { open: async () => kind.credentials },
    assumeRole: async () => TEST_CREDENTIALS,
    endpoints: {
      region: 'us-east-1',
      s3: (bucket) => `${server.url}/${bucket}`,
      google: server.url,
      azure: () => server.url,
    },
    clock: Date.now,
  });
  return fetcher.fetch(kind.origin(), { path: kind.path(name), ...more });
}

describe.each(Object.entries(KINDS))('an origin of the kind %s', (_, kind) => {
  it('gives a file with its type and its entity tag', async () => {
    const outcome = await ask(kind, 'file.txt');

    expect(textOf(outcome)).toBe(TEXT);
    expect(found(outcome)).toMatchObject({ etag: '"e1"', contentType: 'text/plain', isPrivate: false });
  });

  it('finds names with every sign that means something in a URL', async () => {
    expect(textOf(await ask(kind, ODD))).toBe('odd');
  });

  it('gives the beginning of a file alone where that is enough', async () => {
    expect(textOf(await ask(kind, 'file.txt', { firstBytes: 3 }))).toBe('the');
  });

  it('gives a file by its entity tag, and no other one, whether or not the server knows conditions', async () => {
    expect(textOf(await ask(kind, 'file.txt', { ifMatch: 'e1' }))).toBe(TEXT);
    expect(textOf(await ask(kind, 'file.txt', { ifMatch: 'e0' }))).toBe('changed');
    expect(textOf(await ask(kind, 'ignores-conditions.txt', { ifMatch: 'e1' }))).toBe(TEXT);
    expect(textOf(await ask(kind, 'ignores-conditions.txt', { ifMatch: 'e0' }))).toBe('changed');
    expect(textOf(await ask(kind, 'weak.txt', { ifMatch: 'e1' }))).toBe(TEXT);
    expect(textOf(await ask(kind, 'not-there', { ifMatch: 'e1' }))).toBe('missing');
  });

  it.each([
    ['not-there', 'missing'],
    ['forbidden', 'denied'],
    ['broken', 'broken'],
    ['announced-large', 'too-large'],
    ['endless', 'endless'],
    ['short', 'broken'],
    ['empty', 'broken'],
    ['compressed', 'broken'],
    ['slow', 'late'],
    ['stalls', 'late'],
  ])('that answers %s is told as %s', async (name, outcome) => {
    expect(textOf(await ask(kind, name))).toBe(outcome);
  });

  it('leads nowhere else', async () => {
    expect(['denied', 'broken']).toContain(textOf(await ask(kind, 'away')));
    expect(elsewhere.seen).toEqual([]);
  });
});

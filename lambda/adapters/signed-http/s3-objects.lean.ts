import { Readable } from 'node:stream';
import type { HttpAnswer } from './http-exchange.lean.ts';
import type { Environment } from './service-endpoint.lean.ts';
import { bucketEndpoint } from './service-endpoint.lean.ts';
import { AwsCallError, signedFetch } from './signed-fetch.lean.ts';

/** What is stored with an object: HTTP headers and user metadata (`x-amz-meta-`), names in lower case. */
export type ObjectHeaders = Readonly<Record<string, string>>;

/** An object's body as a stream. */
export interface OpenObject {
  readonly body: ReadableStream<Uint8Array>;
  readonly size: number;
  readonly etag: string;
  /** When it was stored, milliseconds since 1970. */
  readonly modified: number;
  /** What it is stored with. */
  readonly headers: ObjectHeaders;
}

/** One bucket, without the SDK: the transformer's cold start pays for every kilobyte of code. */
export interface S3Objects {
  /** All bytes. @throws RangeError when there are more than `maximumBytes`, AwsCallError when there is no such object */
  read(key: string, maximumBytes: number): Promise<Uint8Array>;
  open(key: string): Promise<OpenObject>;
  put(key: string, bytes: Uint8Array, headers: ObjectHeaders): Promise<void>;
  /** Copies on the server's side; the copy gets `headers` instead of the source's. */
  copy(source: { readonly bucket: string; readonly key: string }, key: string, headers: ObjectHeaders): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Milliseconds for one attempt; the longest, a copy of a large object on the side of S3, ends within the function's 30 s. */
const TIMEOUTS = { read: 10_000, open: 10_000, put: 10_000, copy: 25_000, remove: 5_000 };

/** @param timeouts milliseconds for one attempt, where they are to be others */
export function s3Objects(
  environment: Environment,
  bucket: string,
  timeouts: Partial<typeof TIMEOUTS> = {},
): S3Objects {
  const limits = { ...TIMEOUTS, ...timeouts };
  const call = signedFetch('s3', environment);
  const base = bucketEndpoint(environment, bucket);
  const urlOf = (key: string) => `${base}/${escapeKey(key)}`;
  return {
    read: (key, maximumBytes) =>
      call(urlOf(key), { method: 'GET', timeout: limits.read }, (answer) => answer.bytes(maximumBytes)),
    open: (key) => call(urlOf(key), { method: 'GET', timeout: limits.open }, openAnswer),
    put: (key, bytes, headers) =>
      call(urlOf(key), { method: 'PUT', headers, body: bytes, timeout: limits.put }, discard),
    copy: (source, key, headers) =>
      call(
        urlOf(key),
        {
          method: 'PUT',
          headers: {
            ...headers,
            'x-amz-copy-source': `/${source.bucket}/${escapeKey(source.key)}`,
            'x-amz-metadata-directive': 'REPLACE',
          },
          timeout: limits.copy,
        },
        checkCopy,
      ),
    remove: (key) => call(urlOf(key), { method: 'DELETE', timeout: limits.remove }, discard),
  };
}

/** Everything outside RFC 3986's unreserved characters is escaped, as the signature's canonical path has it. */
export function escapeKey(key: string): string {
  return key
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/');
}

async function openAnswer(answer: HttpAnswer): Promise<OpenObject> {
  return {
    body: Readable.toWeb(answer.stream()) as ReadableStream<Uint8Array>,
    size: Number(answer.headers['content-length'] ?? 0),
    etag: answer.headers.etag ?? '',
    modified: Date.parse(answer.headers['last-modified'] ?? '') || 0,
    headers: storedHeaders(answer.headers),
  };
}

const STORED = /^(content-type|content-disposition|cache-control|x-amz-meta-.*)$/;

function storedHeaders(headers: HttpAnswer['headers']): ObjectHeaders {
  const kept = Object.entries(headers).filter(([name, value]) => STORED.test(name) && typeof value === 'string');
  return Object.fromEntries(kept) as ObjectHeaders;
}

/** A copy that fails after S3 began to answer is reported with status 200 (AWS, "CopyObject"). */
async function checkCopy(answer: HttpAnswer): Promise<void> {
  const body = await answer.text();
  if (!body.includes('<Error>')) return;
  throw new AwsCallError('s3', 500, /<Code>([A-Za-z0-9.]+)<\/Code>/.exec(body)?.[1] ?? '');
}

const discard = (answer: HttpAnswer): Promise<void> => answer.discard();

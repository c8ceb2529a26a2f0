import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { queryPairs, unescapeUri } from '../../sigv4/canonical-request.ts';
import type { Headers } from './body/body-checks.ts';
import type { Pieces } from './body/read-body.ts';
import { s3Error } from './errors.ts';

/** An HTTP request, as the operations of S3 see it. */
export interface S3Request {
  readonly id: string;
  readonly method: string;
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: Headers;
  readonly body: Pieces;
  /** What the signature says of the body. */
  readonly payloadHash: string;
  /** Access key id of the signer. */
  readonly requester: string;
  readonly sourceIp: string;
}

/** What an operation answers. The body of an answer to HEAD is not sent. */
export interface S3Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
}

/** Longest key, in bytes of UTF-8 (S3 user guide, "Naming Amazon S3 objects"). */
const MAX_KEY_BYTES = 1024;
/** Largest header section (S3 API reference, RequestHeaderSectionTooLarge). */
const MAX_HEADER_BYTES = 8192;

/** Path-style target of a request line. */
export interface Target {
  readonly path: string;
  readonly rawQuery: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
}

/** @throws S3Error InvalidURI, KeyTooLongError */
export function readTarget(url: string): Target {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const rawQuery = mark < 0 ? '' : url.slice(mark + 1);
  if (!path.startsWith('/')) throw s3Error('InvalidURI');
  const slash = path.indexOf('/', 1);
  try {
    const bucket = unescapeUri(slash < 0 ? path.slice(1) : path.slice(1, slash));
    const key = slash < 0 ? '' : unescapeUri(path.slice(slash + 1));
    if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw s3Error('KeyTooLongError');
    return { path, rawQuery, bucket, key, query: new Map(queryPairs(rawQuery)) };
  } catch (error) {
    throw error instanceof URIError ? s3Error('InvalidURI') : error;
  }
}

/** One value for each header. @throws S3Error RequestHeaderSectionTooLarge */
export function readHeaders(message: IncomingMessage): Headers {
  // Each header line has ': ' and a line end besides.
  const size = message.rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
  if (size > MAX_HEADER_BYTES) throw s3Error('RequestHeaderSectionTooLarge');
  return Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

/** The body in pieces; who stops reading early leaves the connection open, so that an error can be answered. */
export function readPieces(message: IncomingMessage): Pieces {
  return { [Symbol.asyncIterator]: () => message.iterator({ destroyOnReturn: false }) };
}

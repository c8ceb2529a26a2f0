import type { KeyValueStores } from '../cdn/key-value-stores.ts';
import { ServiceError } from './service-error.ts';

/** Keys of one page, and of one change (AWS, "Quotas on key value stores"). */
const KEYS = 50;

const PATH = /^\/key-value-stores\/([^/]+)(\/keys)?\/?$/;

export interface JsonAnswer {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

export interface KeyValueRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly ifMatch: string | undefined;
  readonly body: string;
}

export const isKeyValuePath = (path: string): boolean => PATH.test(path);

/** CloudFront KeyValueStore's DescribeKeyValueStore, ListKeys and UpdateKeys. */
export async function answerKeyValue(stores: KeyValueStores, request: KeyValueRequest): Promise<JsonAnswer> {
  const [, escaped = '', keys] = PATH.exec(request.path) ?? [];
  const arn = decodeURIComponent(escaped);
  const content = stores.get(arn);
  if (!content) throw new ServiceError('ResourceNotFoundException', 'The key value store does not exist.', 404);
  if (request.method === 'GET') {
    return keys ? listKeys(content, request.query) : { body: describe(arn, content), headers: etag(stores, arn) };
  }
  if (request.method !== 'POST' || !keys) {
    throw new ServiceError('ValidationException', `${request.method} ${request.path} is not known here.`);
  }
  if (request.ifMatch !== stores.etag(arn)) {
    throw new ServiceError('ConflictException', 'The store has changed since this ETag.', 409);
  }
  const changed = change(content, request.body);
  await stores.replace(arn, changed).catch((error: Error) => {
    throw new ServiceError('ValidationException', error.message);
  });
  return { body: sizes(changed), headers: etag(stores, arn) };
}

const etag = (stores: KeyValueStores, arn: string) => ({ etag: stores.etag(arn) ?? '' });

function describe(arn: string, content: ReadonlyMap<string, string>) {
  return { ...sizes(content), KvsARN: arn, Created: 0, Status: 'READY' };
}

function sizes(content: ReadonlyMap<string, string>) {
  const bytes = [...content].reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  return { ItemCount: content.size, TotalSizeInBytes: bytes };
}

function listKeys(content: ReadonlyMap<string, string>, query: URLSearchParams): JsonAnswer {
  const start = Number(query.get('NextToken') ?? 0);
  const count = Math.min(KEYS, Number(query.get('MaxResults') ?? KEYS));
  const page = [...content].slice(start, start + count).map(([Key, Value]) => ({ Key, Value }));
  const end = start + count;
  return { body: { Items: page, ...(end < content.size && { NextToken: String(end) }) }, headers: {} };
}

function change(content: ReadonlyMap<string, string>, body: string): Map<string, string> {
  const { Puts = [], Deletes = [] } = JSON.parse(body || '{}') as {
    readonly Puts?: readonly { readonly Key: string; readonly Value: string }[];
    readonly Deletes?: readonly { readonly Key: string }[];
  };
  if (Puts.length + Deletes.length > KEYS) throw new ServiceError('ValidationException', `At most ${KEYS} keys.`);
  const changed = new Map(content);
  for (const { Key } of Deletes) changed.delete(Key);
  for (const { Key, Value } of Puts) changed.set(Key, Value);
  return changed;
}

import type { AwsApi, AwsRequest } from '../../aws-api/aws-api.ts';
import { ServiceError } from '../../aws-api/service-error.ts';
import type { KeyValueStores } from './key-value-stores.ts';

/** Keys of one page, and of one change (AWS, "Quotas on key value stores"). */
const KEYS = 50;

const PATH = /^\/key-value-stores\/([^/]+)(\/keys)?\/?$/;

interface JsonAnswer {
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** CloudFront KeyValueStore's DescribeKeyValueStore, ListKeys and UpdateKeys. */
export function keyValueApi(stores: KeyValueStores): AwsApi {
  return {
    signingName: 'cloudfront-keyvaluestore',
    signature: 'sigv4a',
    errors: 'json',
    takes: ({ path }) => PATH.test(path),
    answer: async (request) => {
      const { body, headers = {} } = await answer(stores, request);
      return { status: 200, contentType: 'application/json', headers, body: JSON.stringify(body) };
    },
  };
}

async function answer(stores: KeyValueStores, request: AwsRequest): Promise<JsonAnswer> {
  const [, escaped = '', keys] = PATH.exec(request.path) ?? [];
  const arn = decodeURIComponent(escaped);
  const content = stores.get(arn);
  if (!content) throw new ServiceError('ResourceNotFoundException', 'The key value store does not exist.', 404);
  if (request.method === 'GET') {
    return keys
      ? listKeys(content, new URLSearchParams(request.query))
      : { body: describe(arn, content), headers: etag(stores, arn) };
  }
  if (request.method !== 'POST' || !keys) {
    throw new ServiceError('ValidationException', `${request.method} ${request.path} is not known here.`);
  }
  if (request.headers['if-match'] !== stores.etag(arn)) {
    throw new ServiceError('ConflictException', 'The store has changed since this ETag.', 409);
  }
  const changed = change(content, request.body.toString());
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
  return { body: { Items: page, ...(end < content.size && { NextToken: String(end) }) } };
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

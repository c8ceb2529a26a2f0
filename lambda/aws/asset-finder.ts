import type { AssetFinder } from '../core/delivery/ports.ts';
import type { PathRecord } from '../core/library/asset.ts';
import { PATH_KEY } from './library-keys.ts';
import type { Environment } from './service-endpoint.ts';
import { dynamoEndpoint } from './service-endpoint.ts';
import { signedFetch } from './signed-fetch.ts';

/** The attribute values that a path's record has (AWS, "AttributeValue"). */
type AttributeValue = { readonly S?: string; readonly N?: string; readonly BOOL?: boolean };
type Item = Readonly<Record<string, AttributeValue | undefined>>;

/** Milliseconds for one attempt; a read takes single digits of them. */
const TIMEOUT = 2_000;

/** Reads a path's record from the library table: one GetItem, without SDK and ElectroDB. */
export function assetFinder(environment: Environment, table: string): AssetFinder {
  const call = signedFetch('dynamodb', environment);
  const url = `${dynamoEndpoint(environment)}/`;
  return {
    find: async (path) => {
      const { pk, sk } = PATH_KEY.of(path);
      const body = JSON.stringify({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true });
      const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.GetItem' };
      const item = await call(url, { method: 'POST', headers, body, timeout: TIMEOUT }, readItem);
      return item && toRecord(item);
    },
  };
}

async function readItem(response: Response): Promise<Item | undefined> {
  const { Item } = (await response.json()) as { readonly Item?: Item };
  return Item;
}

function toRecord(item: Item): PathRecord {
  return {
    path: textOf(item, 'path'),
    assetId: textOf(item, 'assetId'),
    revision: numberOf(item, 'revision'),
    versionId: textOf(item, 'versionId'),
    isPrivate: flagOf(item, 'isPrivate'),
    updatedAt: textOf(item, 'updatedAt'),
    contentType: textOf(item, 'contentType'),
    fileType: textOf(item, 'fileType') === 'image' ? 'image' : 'non-image',
    size: numberOf(item, 'size'),
    objectKey: textOf(item, 'objectKey'),
    ...(item.width && item.height && { width: numberOf(item, 'width'), height: numberOf(item, 'height') }),
  };
}

/** A record that lacks what it must have is damaged: better no answer than one that takes a private asset as public. */
function required<V>(value: V | undefined, name: string): V {
  if (value === undefined) throw new Error(`A path record has no valid "${name}".`);
  return value;
}

const textOf = (item: Item, name: string): string => required(item[name]?.S, name);
const numberOf = (item: Item, name: string): number => Number(required(item[name]?.N, name));
const flagOf = (item: Item, name: string): boolean => required(item[name]?.BOOL, name);

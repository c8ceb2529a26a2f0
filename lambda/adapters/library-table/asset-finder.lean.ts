import type { AssetFinder } from '../../core/delivery/asset-finder.ts';
import type { PathRecord, StoredContent } from '../../core/library/asset.ts';
import type { TableItem } from '../signed-http/dynamo-items.lean.ts';
import { dynamoItems } from '../signed-http/dynamo-items.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { PATH_KEY, VERSION_KEY } from './library-keys.lean.ts';

/** Reads records of the library table, one GetItem each. */
export function assetFinder(environment: Environment, table: string): AssetFinder {
  const items = dynamoItems(environment, table);
  return {
    find: async (path) => {
      const item = await items.get(PATH_KEY.of(path));
      return item && toRecord(item);
    },
    findVersion: async (assetId, versionId) => {
      const item = await items.get(VERSION_KEY.of(assetId, versionId));
      return item && toContent(item);
    },
  };
}

function toRecord(item: TableItem): PathRecord {
  return {
    path: textOf(item, 'path'),
    assetId: textOf(item, 'assetId'),
    revision: numberOf(item, 'revision'),
    versionId: textOf(item, 'versionId'),
    isPrivate: flagOf(item, 'isPrivate'),
    ...(item.customCoordinates?.S !== undefined && { customCoordinates: item.customCoordinates.S }),
    ...(item.takenDownSince?.S !== undefined && { takenDownSince: item.takenDownSince.S }),
    ...(item.takenDownUntil?.S !== undefined && { takenDownUntil: item.takenDownUntil.S }),
    updatedAt: textOf(item, 'updatedAt'),
    ...toContent(item),
  };
}

function toContent(item: TableItem): StoredContent {
  return {
    contentType: textOf(item, 'contentType'),
    fileType: textOf(item, 'fileType') === 'image' ? 'image' : 'non-image',
    size: numberOf(item, 'size'),
    objectKey: textOf(item, 'objectKey'),
    ...(item.width && item.height && { width: numberOf(item, 'width'), height: numberOf(item, 'height') }),
  };
}

/** A record that lacks what it must have is damaged: better no answer than one that takes a private asset as public. */
function required<V>(value: V | undefined, name: string): V {
  if (value === undefined) throw new Error(`A record has no valid "${name}".`);
  return value;
}

const textOf = (item: TableItem, name: string): string => required(item[name]?.S, name);
const numberOf = (item: TableItem, name: string): number => Number(required(item[name]?.N, name));
const flagOf = (item: TableItem, name: string): boolean => required(item[name]?.BOOL, name);

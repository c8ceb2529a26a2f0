import type { AssetFinder } from '../../core/delivery/asset-finder.ts';
import type { StoredContent } from '../../core/library/asset.ts';
import { toStoredContent } from '../../core/library/asset.ts';
import { findPathRecord } from '../../core/library/files/path-record.ts';
import type { RecordKeys, RecordKind, Records } from '../../core/library/store/change.ts';
import type { LibraryStore } from '../../core/library/store/library-store.ts';
import type { CachedFolder } from '../../core/library/store/records.ts';
import { ROOT_FOLDER } from '../../core/library/store/records.ts';
import type { PathReads } from '../../core/library/tree/find-folder.ts';
import type { AttributeValue, DynamoItems, TableItem } from '../signed-http/dynamo-items.lean.ts';
import { dynamoItems } from '../signed-http/dynamo-items.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { gatheredItems } from './gathered-items.lean.ts';
import { cachedFolderKey, RECORD_KEYS } from './record-keys.lean.ts';

/** Folders that one process remembers. */
const REMEMBERED = 10_000;

/**
 * Reads the library table: two or three items for a path whose folder is remembered there, in one call where this process has found
 * the folder before.
 */
export function assetFinder(environment: Environment, table: string): AssetFinder {
  const single = dynamoItems(environment, table);
  const items = { ...single, get: gatheredItems(single) };
  const reads = pathReads(items);
  const folderIds = new Map<string, string>([['/', ROOT_FOLDER]]);
  const remember = (path: string, folderId: string): void => {
    if (folderIds.size >= REMEMBERED) folderIds.clear();
    folderIds.set(path, folderId);
  };
  return {
    find: (path) => {
      const slash = path.lastIndexOf('/');
      const folderPath = path.slice(0, slash) || '/';
      const expected = folderIds.get(folderPath);
      // Begins beside what says whether it is still this folder, so that all go in one call; if it is another, one unit was for nothing.
      const begun = expected === undefined ? undefined : reads.fileEntry(expected, path.slice(slash + 1));
      begun?.catch(() => {}); // Told where it is waited for.
      const fileEntry: PathRecordReads['fileEntry'] = (folderId, name) => {
        remember(folderPath, folderId);
        return (folderId === expected && begun) || reads.fileEntry(folderId, name);
      };
      return findPathRecord({ ...reads, fileEntry }, path);
    },
    findVersion: async (assetId, versionId) => {
      // A file's first history has the file's own id; others come with files that were moved onto it.
      const version = await record(items, 'version', { historyId: assetId, versionId });
      return version ? toStoredContent(version) : findInHistories(items, assetId, versionId);
    },
  };
}

async function findInHistories(
  items: DynamoItems,
  assetId: string,
  versionId: string,
): Promise<StoredContent | undefined> {
  const head = await record(items, 'head', { assetId });
  for (const { id } of head?.histories ?? []) {
    const version = await record(items, 'version', { historyId: id, versionId });
    if (version) return toStoredContent(version);
  }
  return undefined;
}

type PathRecordReads = PathReads & Pick<LibraryStore, 'fileEntry'>;

function pathReads(items: DynamoItems): PathRecordReads {
  return {
    stamp: async () => (await record(items, 'stamp', {}))?.value ?? 0,
    cachedFolder: async (path) => {
      const item = await items.get(cachedFolderKey(path));
      return item && (toPlain(item) as unknown as CachedFolder);
    },
    cacheFolder: async (folder) => items.put(toAttributes(folder)),
    folderEntry: (parentId, name) => record(items, 'folderEntry', { parentId, name }),
    fileEntry: (folderId, name) => record(items, 'fileEntry', { folderId, name }),
  };
}

async function record<K extends RecordKind>(
  items: DynamoItems,
  kind: K,
  key: RecordKeys[K],
): Promise<Records[K] | undefined> {
  const item = await items.get(RECORD_KEYS[kind](key));
  return item && (toPlain(item) as unknown as Records[K]);
}

/** @throws for a value of a type that no record has: better no answer than one that takes a private file as public */
function toPlain(item: TableItem): Record<string, unknown> {
  const members = Object.entries(item).filter(([name]) => name !== 'pk' && name !== 'sk');
  return Object.fromEntries(members.map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: AttributeValue | undefined): unknown {
  if (value?.S !== undefined) return value.S;
  if (value?.N !== undefined) return Number(value.N);
  if (value?.BOOL !== undefined) return value.BOOL;
  if (value?.L) return value.L.map(plainValue);
  if (value?.M) return toPlain(value.M);
  throw new Error('A record has a value of an unknown type.');
}

function toAttributes({ path, folderId, chain, isPrivate, stamp }: CachedFolder): TableItem {
  const { pk, sk } = cachedFolderKey(path);
  return {
    pk: { S: pk },
    sk: { S: sk },
    path: { S: path },
    folderId: { S: folderId },
    chain: { L: chain.map((id) => ({ S: id })) },
    isPrivate: { BOOL: isPrivate },
    stamp: { N: String(stamp) },
  };
}

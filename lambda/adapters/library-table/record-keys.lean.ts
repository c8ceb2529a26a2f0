import type { RecordKeys, RecordKind } from '../../core/library/store/change.ts';

/** Where an item is in the library table. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/*
 * Keys of the library's records. What lies in a folder shares a partition, so that a name is unique by its key and a list
 * is read from the table itself, never from an index that lags. Keys keep their letters' case: names that differ in it are
 * different names.
 */
export const RECORD_KEYS: { readonly [K in RecordKind]: (key: RecordKeys[K]) => ItemKey } = {
  fileEntry: ({ folderId, name }) => ({ pk: `in#${folderId}`, sk: `f#${name}` }),
  folderEntry: ({ parentId, name }) => ({ pk: `in#${parentId}`, sk: `d#${name}` }),
  folderNode: ({ folderId }) => ({ pk: `fd#${folderId}`, sk: 'node' }),
  head: ({ assetId }) => ({ pk: `a#${assetId}`, sk: 'head' }),
  version: ({ historyId, versionId }) => ({ pk: `h#${historyId}`, sk: `v#${versionId}` }),
  intent: ({ versionId }) => ({ pk: unfinishedOf(versionId), sk: `${INTENT}${versionId}` }),
  stagedCopy: ({ historyId }) => ({ pk: unfinishedOf(historyId), sk: `${COPY}${historyId}` }),
  largeUpload: ({ versionId }) => ({ pk: `up#${versionId}`, sk: 'parts' }),
  uploadGrant: ({ grantId }) => ({ pk: `grant#${grantId}`, sk: 'grant' }),
  reference: ({ historyId, referenceId }) => ({ pk: `ref#${historyId}`, sk: referenceId }),
  trashed: ({ day, id }) => ({ pk: `trash#${day}`, sk: id }),
  job: ({ jobId }) => ({ pk: 'jobs', sk: jobId }),
  stamp: () => ({ pk: 'tree', sk: 'gen' }),
};

/** What is on its way, by what it is, so that whatever a dead worker left is listed. */
export const unfinishedPartition = (shard: number): string => `unfinished#${shardName(shard)}`;
const unfinishedOf = (id: string): string => `unfinished#${shardOf(id)}`;
export const INTENT = 'upload#';
export const COPY = 'copy#';

/** A path that was resolved. */
export const cachedFolderKey = (path: string): ItemKey => ({ pk: `dir#${path}`, sk: 'c' });

/** Partitions of what would else share one, such as ascending times: those never split by themselves. */
export const SHARDS = 16;

/** Ids are random, so their last digit spreads them evenly. */
export const shardOf = (id: string): string => shardName(Number.parseInt(id.slice(-1), 16) % SHARDS);

const shardName = (shard: number): string => shard.toString(16).padStart(2, '0');

/** Folders by their names, in an index: below each name by their ids. No name has a control character. */
export const folderShard = (shard: number): string => `folders#${shardName(shard)}`;
export const folderShardOf = (folderId: string): string => `folders#${shardOf(folderId)}`;
export const folderNameKey = ({ name, folderId }: { readonly name: string; readonly folderId: string }): string =>
  `${name}\u0001${folderId}`;

/** Outbox partitions: changes come by the hundred a second, and their times ascend. */
export const OUTBOX_SHARDS = 16;

/** What follows from a change, until it is done. Both parts come from the event, so that it is found again by it. */
export function outboxKey(eventId: string, at: string): ItemKey {
  const shard = Number.parseInt(eventId.slice(-2), 16) % OUTBOX_SHARDS;
  return { pk: outboxPartition(shard), sk: `${at}#${eventId}` };
}

export const outboxPartition = (shard: number): string => `out#${String(shard).padStart(2, '0')}`;

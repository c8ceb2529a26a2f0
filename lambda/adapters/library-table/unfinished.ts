import type { LibraryStore } from '../../core/library/store/library-store.ts';
import { keyOf, toItem, toRecord } from './record-items.ts';
import { COPY, INTENT, SHARDS, unfinishedPartition } from './record-keys.lean.ts';
import type { TableRequests } from './table-requests.ts';

type UnfinishedStore = Pick<
  LibraryStore,
  | 'intent'
  | 'addIntent'
  | 'endIntent'
  | 'removeIntent'
  | 'stagedCopy'
  | 'saveStagedCopy'
  | 'removeStagedCopy'
  | 'unfinished'
>;

/** Uploads and copies that are on their way. They share partitions of their own, so that whoever ends what was left finds it. */
export function unfinished(table: TableRequests): UnfinishedStore {
  return {
    intent: async (versionId) => {
      const intent = await table.record('intent', { versionId });
      return intent?.isEnding ? undefined : intent;
    },
    addIntent: (intent) => table.put(toItem('intent', intent)),
    endIntent: (intent) => table.replace(toItem('intent', { ...intent, isEnding: true }), { isEnding: undefined }),
    removeIntent: async (versionId) => void (await table.remove(keyOf('intent', { versionId }))),
    stagedCopy: (historyId) => table.record('stagedCopy', { historyId }),
    saveStagedCopy: (copy, expectedRevision) => {
      const item = toItem('stagedCopy', copy);
      return expectedRevision === undefined ? table.add(item) : table.replace(item, { revision: expectedRevision });
    },
    removeStagedCopy: async (historyId) => void (await table.remove(keyOf('stagedCopy', { historyId }))),
    unfinished: async () => {
      const partitions = Array.from({ length: SHARDS }, (_, shard) => unfinishedPartition(shard));
      const items = (await Promise.all(partitions.map((partition) => table.query(partition)))).flat();
      return {
        intents: items.filter(({ sk }) => isOf(INTENT, sk)).map((item) => toRecord('intent', item)),
        copies: items.filter(({ sk }) => isOf(COPY, sk)).map((item) => toRecord('stagedCopy', item)),
      };
    },
  };
}

const isOf = (kind: string, sk: unknown): boolean => String(sk).startsWith(kind);

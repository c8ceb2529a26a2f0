import type { LibraryStore, PendingEffects } from '../../core/library/store/library-store.ts';
import { OUTBOX_SHARDS, outboxKey, outboxPartition } from './record-keys.lean.ts';
import type { TableRequests } from './table-requests.ts';

/** Notes of what is to be done outside the table. A change puts its own in its transaction. */
export interface Outbox extends Pick<LibraryStore, 'pendingEffects' | 'settleEffects'> {
  /** Leaves something to the minute's run. */
  leaveEffects(pending: PendingEffects): Promise<void>;
  settleAll(notes: readonly Pick<PendingEffects, 'eventId' | 'at'>[]): Promise<void>;
}

export function outbox(table: TableRequests): Outbox {
  return {
    pendingEffects: async (before) => {
      const shards = Array.from({ length: OUTBOX_SHARDS }, (_, shard) => outboxPartition(shard));
      const found = await Promise.all(shards.map((shard) => table.query(shard, 'sk < :to', { ':to': before })));
      return found.flat().map(({ eventId, at, effects }) => ({ eventId, at, effects }) as PendingEffects);
    },
    settleEffects: async ({ eventId, at }) => void (await table.remove(outboxKey(eventId, at))),
    leaveEffects: ({ eventId, at, effects }) => table.put({ ...outboxKey(eventId, at), eventId, at, effects }),
    settleAll: (notes) => table.removeAll(notes.map(({ eventId, at }) => outboxKey(eventId, at))),
  };
}

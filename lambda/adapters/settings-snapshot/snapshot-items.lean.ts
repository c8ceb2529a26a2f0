import type { SettingsSnapshot } from '../../core/settings/snapshot/settings-snapshot.ts';
import type { ItemReads, TableItem, TableKey } from '../signed-http/dynamo-items.lean.ts';
import { isUnreachable } from '../signed-http/signed-fetch.lean.ts';

export interface SnapshotItemsDeps {
  readonly live: ItemReads;
  /** The snapshot that this region keeps. */
  readonly snapshot: () => Promise<SettingsSnapshot<TableItem>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Milliseconds for which a home region that was not reached is not asked again: each try costs seconds. */
const AWAY = 15_000;

/**
 * The accounts table, and while its region cannot be reached what the snapshot has of it.
 * @throws what the table answered when the snapshot does not have the partition
 */
export function snapshotItems({ live, snapshot, now }: SnapshotItemsDeps): ItemReads {
  let awayUntil = 0;
  const read = async <T>(pk: string, ask: () => Promise<T>, find: (items: readonly TableItem[]) => T): Promise<T> => {
    if (now() >= awayUntil) {
      try {
        return await ask();
      } catch (error) {
        if (!isUnreachable(error)) throw error;
        awayUntil = now() + AWAY;
      }
    }
    const items = (await snapshot()).partitions[pk];
    return items ? find(items) : ask();
  };
  return {
    get: ({ pk, sk }: TableKey) =>
      read(
        pk,
        () => live.get({ pk, sk }),
        (items) => items.find((item) => item.sk?.S === sk),
      ),
    query: (pk) =>
      read(
        pk,
        () => live.query(pk),
        (items) => [...items],
      ),
  };
}

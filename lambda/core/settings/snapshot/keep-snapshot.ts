import type { Clock } from '../../kernel/clock.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import { sealSnapshot } from './settings-snapshot.ts';

export interface KeepSnapshotDeps {
  /** Partitions of the accounts table that delivery reads. */
  readonly partitions: readonly string[];
  /** Every item of a partition, from the home region. */
  readonly list: (partition: string) => Promise<readonly unknown[]>;
  readonly privateKey: () => Promise<string>;
  /** Replaces the snapshot of this region. */
  readonly put: (text: string) => Promise<void>;
  readonly clock: Clock;
}

/**
 * Keeps a snapshot of the account's settings in this region, so that delivery goes on while the home region is away. It is
 * written when the settings or the key have changed since this process wrote it.
 * @returns what keeps it; its answer says whether it was written
 */
export function snapshotKeeper(deps: KeepSnapshotDeps): () => Promise<boolean> {
  let kept = '';
  return async () => {
    const key = await deps.privateKey();
    const lists = await Promise.all(
      deps.partitions.map(async (partition) => [partition, await deps.list(partition)] as const),
    );
    const partitions = Object.fromEntries(lists);
    const digest = sha256Hex(key + JSON.stringify(partitions));
    if (digest === kept) return false;
    await deps.put(sealSnapshot({ takenAt: new Date(deps.clock()).toISOString(), partitions }, key));
    kept = digest;
    return true;
  };
}

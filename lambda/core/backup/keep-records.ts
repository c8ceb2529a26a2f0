import { RECORD_FOLDERS } from '../../contract/backup.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { FileHead, FileVersion } from '../library/store/records.ts';
import type { WritableBackupFiles } from './backup-files.ts';
import type { RecordChange } from './backup-line.ts';
import { changeLine, toJsonLines } from './backup-line.ts';
import { inParallel } from './in-parallel.ts';
import { tombstoneKey, tombstoneOf } from './tombstone.ts';

export interface KeepRecordsDeps {
  readonly files: WritableBackupFiles;
  readonly library: {
    readonly head: (assetId: string) => Promise<FileHead | undefined>;
    readonly versions: (historyId: string) => Promise<FileVersion[]>;
  };
}

/**
 * Keeps what the library table's stream told in one batch: every change as a line of one file, and of each file of the library
 * what it is by now. Told again, the same is written again.
 * @param changes in their order; at least one
 */
export async function keepRecords(deps: KeepRecordsDeps, changes: readonly RecordChange[]): Promise<void> {
  const { files } = deps;
  const tombstones = changes.flatMap((change) => tombstoneOf(change) ?? []);
  const assetIds = new Set(changes.flatMap(({ kind, id }) => (kind === 'asset' ? [id] : [])));
  const work = [
    () => files.write(changesKey(changes), toJsonLines(changes.map(changeLine))),
    ...tombstones.map((one) => () => files.write(tombstoneKey(one), `${JSON.stringify(one)}\n`)),
    ...[...assetIds].map((assetId) => () => keepAsset(deps, assetId)),
  ];
  await inParallel(work, (write) => write());
}

/** The digest keeps apart files of two streams whose numbers are the same. */
function changesKey(changes: readonly RecordChange[]): string {
  const [first] = changes;
  const hour = new Date(first?.at ?? 0).toISOString().slice(0, 13).replace(/[-T]/g, '/');
  const digest = sha256Hex(changes.map(({ seq, at, kind, id }) => `${seq} ${at} ${kind} ${id}`).join('\n'));
  return `${RECORD_FOLDERS.changes}${hour}/${first?.seq.padStart(40, '0')}-${digest.slice(0, 16)}.jsonl`;
}

/** What the library knows now, not what the batch told: a batch that comes late writes nothing old. */
async function keepAsset({ files, library }: KeepRecordsDeps, assetId: string): Promise<void> {
  const key = `${RECORD_FOLDERS.assets}${assetId}.json`;
  const head = await library.head(assetId);
  if (!head) return files.remove(key);
  const versions = await Promise.all(head.histories.map(({ id }) => library.versions(id)));
  await files.write(key, `${JSON.stringify({ v: 1, ...head, versions: versions.flat() }, null, 2)}\n`);
}

import { RECORD_FOLDERS } from '../../contract/backup.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { BackupFiles, WritableBackupFiles } from './backup-files.ts';
import type { BackupKind, BackupLine, BackupRecord } from './backup-line.ts';
import { BACKUP_KINDS, snapshotLine, toJsonLines } from './backup-line.ts';
import { libraryId } from './library-id.ts';

/** A record of the library, as it was read. */
export interface ScannedRecord {
  readonly kind: BackupKind;
  readonly id: string;
  readonly data: BackupRecord;
}

/** What makes a snapshot one: it is written last, and names every file with its digest. */
export interface SnapshotManifest {
  readonly v: 1;
  /** As `library.json` has it. */
  readonly library: string;
  /** ISO 8601. What was changed after the beginning may be in the files or not: the changes say it. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly files: readonly { readonly key: string; readonly sha256: string; readonly lines: number }[];
  readonly counts: Readonly<Partial<Record<BackupKind, number>>>;
}

/** Lines of one file: a few megabytes. */
const LINES_OF_FILE = 10_000;

const MANIFEST = 'manifest.json';

/** Writes every record that is backed up, in files of one kind each. */
export async function takeSnapshot(deps: {
  readonly files: WritableBackupFiles;
  readonly scan: () => AsyncIterable<ScannedRecord>;
  readonly clock: () => number;
  readonly hexId: () => string;
}): Promise<SnapshotManifest> {
  const library = await libraryId(deps.files, deps.hexId);
  const started = deps.clock();
  const startedAt = new Date(started).toISOString();
  const folder = `${RECORD_FOLDERS.snapshots}${startedAt.slice(0, 19).replaceAll(':', '')}/`;
  const waiting = new Map<BackupKind, BackupLine[]>(BACKUP_KINDS.map((kind) => [kind, []]));
  const files: SnapshotManifest['files'][number][] = [];
  const counts: Partial<Record<BackupKind, number>> = {};
  const write = async (kind: BackupKind, lines: readonly BackupLine[]): Promise<void> => {
    const number = files.filter(({ key }) => key.startsWith(`${folder}${kind}-`)).length + 1;
    const key = `${folder}${kind}-${String(number).padStart(4, '0')}.jsonl`;
    const text = toJsonLines(lines);
    await deps.files.write(key, text);
    files.push({ key, sha256: sha256Hex(text), lines: lines.length });
    counts[kind] = (counts[kind] ?? 0) + lines.length;
  };
  for await (const { kind, id, data } of deps.scan()) {
    const lines = waiting.get(kind) ?? [];
    lines.push(snapshotLine(kind, id, data, started));
    if (lines.length >= LINES_OF_FILE) await write(kind, lines.splice(0));
  }
  for (const [kind, lines] of waiting) if (lines.length > 0) await write(kind, lines);
  const manifest = { v: 1, library, startedAt, endedAt: new Date(deps.clock()).toISOString(), files, counts } as const;
  await deps.files.write(`${folder}${MANIFEST}`, `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** The newest finished snapshot of each library that was ever backed up there. */
export async function newestSnapshots(files: BackupFiles): Promise<SnapshotManifest[]> {
  const newest = new Map<string, SnapshotManifest>();
  for await (const key of files.list(RECORD_FOLDERS.snapshots)) {
    if (!key.endsWith(`/${MANIFEST}`)) continue;
    const manifest = JSON.parse((await files.read(key)) ?? '') as SnapshotManifest;
    newest.set(manifest.library, manifest);
  }
  return [...newest.values()];
}

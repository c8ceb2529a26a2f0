import { RECORD_FOLDERS } from '../../contract/backup.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { BackupFiles } from './backup-files.ts';
import type { BackupLine } from './backup-line.ts';
import { isLater, nameOf } from './backup-line.ts';
import { inParallel } from './in-parallel.ts';
import type { SnapshotManifest } from './snapshot.ts';
import { newestSnapshots } from './snapshot.ts';
import { erasedName } from './tombstone.ts';

/** A backup as a restore looks at it. */
export interface Backup {
  /** The newest of each library; without any, all that is known are changes. */
  readonly snapshots: readonly SnapshotManifest[];
  /** Keys of files of changes that a snapshot does not have, in their order. */
  readonly changes: readonly string[];
  /** Names of what was removed for good. */
  readonly erased: ReadonlySet<string>;
}

/** A snapshot holds what was there when it began; clocks of two services may differ by less than this. */
const MARGIN = 15 * 60_000;

const HOUR_OF_KEY = 'yyyy/MM/dd/HH'.length;

export const isErased = ({ erased }: Backup, line: BackupLine): boolean => erased.has(nameOf(line));

/** What a restore needs to know before it reads a record: erasures first, then snapshots, then what changed since the oldest of them. */
export async function openBackup(files: BackupFiles): Promise<Backup> {
  const erased = new Set<string>();
  // The key says all that is needed; reading every file would take longer than the restore.
  for await (const key of files.list(RECORD_FOLDERS.erasures)) erased.add(erasedName(key));
  const snapshots = await newestSnapshots(files);
  const changes: string[] = [];
  for await (const key of files.list(RECORD_FOLDERS.changes, hourBefore(snapshots))) changes.push(key);
  return { snapshots, changes, erased };
}

/** The hour's folder comes before every file in it. */
function hourBefore(snapshots: readonly SnapshotManifest[]): string | undefined {
  const [startedAt] = snapshots.map((one) => one.startedAt).sort();
  if (startedAt === undefined) return undefined;
  const hour = new Date(Date.parse(startedAt) - MARGIN).toISOString().slice(0, HOUR_OF_KEY);
  return `${RECORD_FOLDERS.changes}${hour.replace(/[-T]/g, '/')}`;
}

/**
 * The last line of every record whose id is wanted, deletions among them.
 * @throws Error when a file of the snapshot is missing or has other bytes than its manifest says
 */
export async function lastLines(
  files: BackupFiles,
  { snapshots, changes }: Backup,
  isWanted: (id: string) => boolean,
): Promise<BackupLine[]> {
  const last = new Map<string, BackupLine>();
  const take = (text: string): void => {
    for (const line of text.split('\n').filter(Boolean).map(parseLine)) {
      if (!isWanted(line.id)) continue;
      const before = last.get(nameOf(line));
      if (!before || isLater(line, before)) last.set(nameOf(line), line);
    }
  };
  await inParallel(
    snapshots.flatMap((snapshot) => snapshot.files),
    async ({ key, sha256 }) => {
      const text = await textOf(files, key);
      if (sha256Hex(text) !== sha256) throw new Error(`${key} has other bytes than the snapshot's manifest says.`);
      take(text);
    },
  );
  await inParallel(changes, async (key) => take(await textOf(files, key)));
  return [...last.values()];
}

function parseLine(text: string): BackupLine {
  const line = JSON.parse(text) as BackupLine;
  if (line.v !== 1) throw new Error(`The backup has a line of format ${line.v}; this version reads format 1.`);
  return line;
}

async function textOf(files: BackupFiles, key: string): Promise<string> {
  const text = await files.read(key);
  if (text === undefined) throw new Error(`The backup has no ${key}.`);
  return text;
}

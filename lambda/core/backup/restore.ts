import type { CopiedPart, RestorePlan, WrittenPart } from '../../contract/backup.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { pinnedObject } from '../library/pinned-object.ts';
import type { FileVersion } from '../library/store/records.ts';
import type { BackupFiles } from './backup-files.ts';
import type { BackupLine } from './backup-line.ts';
import { inParallel } from './in-parallel.ts';
import type { Backup } from './read-backup.ts';
import { isErased, lastLines, openBackup } from './read-backup.ts';

/** Copies one object from the backup to its place. `damaged`: the bytes there are not those of the checksum. */
export type CopyOriginal = (
  objectKey: string,
  sha256: string | undefined,
) => Promise<'copied' | 'there' | 'missing' | 'damaged'>;

/** Gives a library a record that it does not have. `renamed`: something else has its name in its folder. */
export type AddRecord = (line: BackupLine) => Promise<'added' | 'renamed' | 'there'>;

export interface RestoreDeps {
  /** Of the backup, and nothing else. */
  readonly files: BackupFiles;
  readonly copyOriginal: CopyOriginal;
  readonly addRecord: AddRecord;
}

/** Records of one part: they are in memory together. */
const RECORDS_OF_PART = 20_000;

/** Most lines of a file of changes; most have few. */
const LINES_OF_CHANGES = 100;

/** Into how many parts the work is divided; each reads the backup and takes the records that are its own. */
export async function planRestore({ files }: Pick<RestoreDeps, 'files'>): Promise<RestorePlan> {
  const { snapshots, changes, erased } = await openBackup(files);
  const inSnapshots = snapshots.flatMap((snapshot) => snapshot.files).reduce((sum, { lines }) => sum + lines, 0);
  const lines = inSnapshots + LINES_OF_CHANGES * changes.length;
  return {
    parts: Math.max(1, Math.ceil(lines / RECORDS_OF_PART)),
    snapshots: snapshots.map(({ startedAt }) => startedAt),
    changes: changes.length,
    erased: erased.size,
  };
}

/** Copies the bytes of a part's versions; what is there is left alone. */
export async function copyPart(deps: RestoreDeps, part: number, parts: number): Promise<CopiedPart> {
  const told = { copied: 0, there: 0, missing: [] as string[], damaged: [] as string[] };
  const { live } = await readPart(deps, part, parts);
  const versions = live.filter(({ kind }) => kind === 'version').map(({ data }) => data as unknown as FileVersion);
  // Bytes at an origin are nobody's backup: the record says where they are.
  const ours = versions.filter(({ objectKey }) => pinnedObject(objectKey) === undefined);
  await inParallel(ours, async ({ objectKey, summary }) => {
    const outcome = await deps.copyOriginal(objectKey, summary?.sha256);
    if (outcome === 'copied' || outcome === 'there') told[outcome]++;
    else told[outcome].push(objectKey);
  });
  return told;
}

/** Writes the records of a part; what the library has is left alone. */
export async function writePart(deps: RestoreDeps, part: number, parts: number): Promise<WrittenPart> {
  const { live, denied } = await readPart(deps, part, parts);
  const told: Record<'added' | 'renamed' | 'there', number> = { added: 0, renamed: 0, there: 0 };
  await inParallel(live, async (line) => {
    told[await deps.addRecord(line)]++;
  });
  return { ...told, denied };
}

async function readPart({ files }: RestoreDeps, part: number, parts: number) {
  const backup = await openBackup(files);
  const lines = await lastLines(files, backup, (id) => partOf(id, parts) === part);
  const kept = lines.filter(({ op }) => op === 'put');
  const live = kept.filter((line) => isAlive(backup, line));
  return { live, denied: kept.length - live.length };
}

/** What was being removed for good is gone, though the removal was cut off. */
function isAlive(backup: Backup, line: BackupLine): boolean {
  return !isErased(backup, line) && line.data?.state !== 'purging';
}

const partOf = (id: string, parts: number): number => Number.parseInt(sha256Hex(id).slice(0, 8), 16) % parts;

import { RECORD_FOLDERS, RECORDS_PREFIX } from '../../contract/backup.ts';
import { MEDIA_PREFIX, versionIdOfKey } from '../../contract/object-keys.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Report } from '../kernel/report.ts';
import type { WritableBackupFiles } from './backup-files.ts';
import { inParallel } from './in-parallel.ts';
import { erasedVersionId } from './tombstone.ts';

/** An object of one of the two buckets. */
export interface StoredObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
}

/** The two buckets that are to have the same. */
export interface BackupPair {
  /** In the order of their keys' bytes (S3, "ListObjectsV2"). */
  readonly originals: (prefix: string) => AsyncIterable<StoredObject>;
  readonly backup: (prefix: string) => AsyncIterable<StoredObject>;
  readonly copy: (key: string) => Promise<void>;
  /** Removes every generation of an object of the backup. */
  readonly erase: (key: string) => Promise<void>;
}

export interface ReconcileDeps {
  readonly pair: BackupPair;
  /** Beside the originals. */
  readonly files: WritableBackupFiles;
  readonly clock: Clock;
  readonly report: Report;
}

/** What a run found, as `records/v1/reconciled.json` tells it; lists have the first keys of each. */
export interface Drift {
  readonly at: string;
  readonly compared: number;
  readonly copied: Found;
  readonly erased: Found;
  readonly failed: Found;
}

interface Found {
  readonly count: number;
  readonly keys: readonly string[];
}

/** What is younger may be on its way; S3 replicates most within minutes. */
const UNDER_WAY = 3_600_000;

const KEYS_TOLD = 100;

/**
 * Compares the backup with the originals: copies what it does not have, or has of another size, and erases the bytes of versions that
 * were removed for good, which S3 does not do, and names that are none any more, which would be delivered. Whatever else is there only is
 * left alone.
 * @throws Error when something could not be repaired; the rest is
 */
export async function reconcile({ pair, files, clock, report }: ReconcileDeps): Promise<Drift> {
  const erasedIds = await erasedVersionIds(pair);
  const told = { copied: [] as string[], erased: [] as string[], failed: [] as string[] };
  let compared = 0;
  const isSettled = ({ modifiedAt }: StoredObject) => modifiedAt < clock() - UNDER_WAY;
  const isSurplus = (theirs: StoredObject) =>
    isErased(erasedIds, theirs.key) || (theirs.key.startsWith(RECORD_FOLDERS.live) && isSettled(theirs));
  const repair = (outcome: 'copied' | 'erased', keys: readonly string[], work: (key: string) => Promise<void>) =>
    inParallel(keys, async (key) => {
      try {
        await work(key);
        told[outcome].push(key);
      } catch (error) {
        report('backup-not-repaired', error);
        told.failed.push(key);
      }
    });
  for (const prefix of [MEDIA_PREFIX, RECORDS_PREFIX]) {
    const drift = { copied: [] as string[], erased: [] as string[] };
    for await (const { ours, theirs } of sideBySide(pair.originals(prefix), pair.backup(prefix))) {
      compared++;
      if (ours && isSettled(ours) && ours.size !== theirs?.size) drift.copied.push(ours.key);
      else if (!ours && theirs && isSurplus(theirs)) drift.erased.push(theirs.key);
    }
    await repair('copied', drift.copied, pair.copy);
    await repair('erased', drift.erased, pair.erase);
  }
  const at = new Date(clock()).toISOString();
  const drift = { at, compared, copied: found(told.copied), erased: found(told.erased), failed: found(told.failed) };
  await files.write(RECORD_FOLDERS.reconciled, `${JSON.stringify(drift, null, 2)}\n`);
  if (told.copied.length > 0)
    report('backup-drift', new Error(`${told.copied.length} objects were not in the backup.`));
  if (told.failed.length > 0) throw new Error(`${told.failed.length} objects of the backup could not be repaired.`);
  return drift;
}

const found = (keys: readonly string[]): Found => ({ count: keys.length, keys: keys.toSorted().slice(0, KEYS_TOLD) });

/** Those of a region before this one are in the backup only. */
async function erasedVersionIds({ originals, backup }: BackupPair): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const list of [originals, backup]) {
    for await (const { key } of list(RECORD_FOLDERS.erasures)) {
      const id = erasedVersionId(key);
      if (id !== undefined) ids.add(id);
    }
  }
  return ids;
}

function isErased(ids: ReadonlySet<string>, key: string): boolean {
  const versionId = versionIdOfKey(key);
  return versionId !== undefined && ids.has(versionId);
}

/** Two lists in one order, object by object. */
async function* sideBySide(ours: AsyncIterable<StoredObject>, theirs: AsyncIterable<StoredObject>) {
  const [left, right] = [ours[Symbol.asyncIterator](), theirs[Symbol.asyncIterator]()];
  let [mine, other] = [await left.next(), await right.next()];
  while (!mine.done || !other.done) {
    const order = mine.done ? 1 : other.done ? -1 : inBytes(mine.value.key, other.value.key);
    yield {
      ours: order <= 0 && !mine.done ? mine.value : undefined,
      theirs: order >= 0 && !other.done ? other.value : undefined,
    };
    if (order <= 0) mine = await left.next();
    if (order >= 0) other = await right.next();
  }
}

const inBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

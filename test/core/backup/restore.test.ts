import { describe, expect, it } from 'vitest';
import type { BackupLine } from '../../../lambda/core/backup/backup-line.ts';
import { toJsonLines } from '../../../lambda/core/backup/backup-line.ts';
import type { RestoreDeps } from '../../../lambda/core/backup/restore.ts';
import { copyPart, planRestore, writePart } from '../../../lambda/core/backup/restore.ts';
import type { ScannedRecord } from '../../../lambda/core/backup/snapshot.ts';
import { takeSnapshot } from '../../../lambda/core/backup/snapshot.ts';
import { filesInMemory } from './files-in-memory.ts';

const STARTED = Date.UTC(2026, 10, 29, 3, 30);
const HOUR = 3_600_000;

const asset = (id: string, revision: number): ScannedRecord => ({
  kind: 'asset',
  id,
  data: { assetId: id, revision, state: 'live' },
});
const version = (id: string, objectKey = `media/a/${id}.png`): ScannedRecord => ({
  kind: 'version',
  id: `h/${id}`,
  data: { historyId: 'h', versionId: id, objectKey },
});

async function snapshotOf(
  files: ReturnType<typeof filesInMemory>,
  at: number,
  records: readonly ScannedRecord[],
  library = 'first',
): Promise<void> {
  await files.write('records/v1/library.json', JSON.stringify({ id: library }));
  await takeSnapshot({
    ...{ files, clock: () => at, hexId: () => library },
    scan: async function* () {
      yield* records;
    },
  });
}

/** A backup with a snapshot of these records; whatever is restored from it is told. */
async function backupOf(...records: ScannedRecord[]) {
  const files = filesInMemory();
  await snapshotOf(files, STARTED, records);
  const added: BackupLine[] = [];
  const copied: string[] = [];
  const deps: RestoreDeps = {
    files,
    addRecord: async (line) => {
      added.push(line);
      return 'added';
    },
    copyOriginal: async (key) => {
      copied.push(key);
      return 'copied';
    },
  };
  return { files, deps, added, copied };
}

const change = (line: Partial<BackupLine>): BackupLine => ({
  ...{ v: 1, kind: 'asset', id: 'a1', rev: 2, op: 'put', at: '2026-11-29T04:00:00.000Z', seq: '5' },
  ...(line.op !== 'delete' && { data: { assetId: 'a1', revision: line.rev ?? 2, state: 'live' } }),
  ...line,
});

function changed(files: ReturnType<typeof filesInMemory>, at: number, ...lines: BackupLine[]) {
  const hour = new Date(at).toISOString().slice(0, 13).replace(/[-T]/g, '/');
  return files.write(`records/v1/changes/${hour}/${lines[0]?.seq}.jsonl`, toJsonLines(lines));
}

describe('of a record', () => {
  it('the greatest revision holds, in whatever order the files are', async () => {
    const { files, deps, added } = await backupOf(asset('a1', 3));
    await changed(files, STARTED + HOUR, change({ rev: 5, seq: '9' }));
    await changed(files, STARTED + 2 * HOUR, change({ rev: 4, seq: '10' }));
    await writePart(deps, 0, 1);

    expect(added.map(({ rev }) => rev)).toEqual([5]);
  });

  it('that counts no revisions the later change holds, within a second by its place in the stream', async () => {
    const { files, deps, added } = await backupOf(version('v1'));
    const at = STARTED + HOUR;
    const line = { kind: 'version', id: 'h/v1', rev: at } as const;
    await changed(files, at, change({ ...line, seq: '10', data: { note: 'later' } }), change({ ...line, seq: '9' }));
    await writePart(deps, 0, 1);

    expect(added[0]?.data).toEqual({ note: 'later' });
  });

  it('that was deleted nothing is restored, though the snapshot has it', async () => {
    const { files, deps, added } = await backupOf(asset('a1', 3));
    await changed(files, STARTED + HOUR, change({ op: 'delete', rev: 4 }));

    expect(await writePart(deps, 0, 1)).toEqual({ added: 0, renamed: 0, there: 0, denied: 0 });
    expect(added).toEqual([]);
  });

  it('changes of the quarter of an hour before the snapshot count, and older ones are not read', async () => {
    const { files, deps } = await backupOf(asset('a1', 3));
    await changed(files, STARTED - 10 * 60_000, change({ rev: 2 }));
    await changed(files, STARTED - 5 * HOUR, change({ rev: 1 }));

    expect(await planRestore(deps)).toMatchObject({ changes: 1, parts: 1, snapshots: ['2026-11-29T03:30:00.000Z'] });
  });
});

describe('what was removed for good', () => {
  it('is not brought back, though nothing but its tombstone says so', async () => {
    const { files, deps, added, copied } = await backupOf(asset('a1', 3), asset('a2', 1), version('b1'), version('b2'));
    await files.write('records/v1/erasures/2026/asset-a1.json', '{}');
    await files.write('records/v1/erasures/2026/version-h-b1.json', '{}');

    await copyPart(deps, 0, 1);
    expect(await writePart(deps, 0, 1)).toMatchObject({ added: 2, denied: 2 });
    expect(added.map(({ id }) => id).sort()).toEqual(['a2', 'h/b2']);
    expect(copied).toEqual(['media/a/b2.png']);
  });

  it('is gone, too, when its removal was cut off', async () => {
    const { deps } = await backupOf({ ...asset('a1', 3), data: { revision: 3, state: 'purging' } });

    expect(await writePart(deps, 0, 1)).toMatchObject({ added: 0, denied: 1 });
  });
});

describe('bytes', () => {
  it('that stay at their origin are not looked for', async () => {
    const { deps, copied } = await backupOf(version('b1', `pinned:${'a'.repeat(24)}:1:etag:photo.png`));
    await copyPart(deps, 0, 1);

    expect(copied).toEqual([]);
  });

  it('that are missing or damaged are told by their keys', async () => {
    const { deps } = await backupOf(version('b1'), version('b2'), version('b3'));
    const fates = { 'media/a/b1.png': 'missing', 'media/a/b2.png': 'damaged', 'media/a/b3.png': 'there' } as const;
    const copyOriginal = async (key: string) => fates[key as keyof typeof fates];

    expect(await copyPart({ ...deps, copyOriginal }, 0, 1)).toEqual({
      ...{ copied: 0, there: 1, missing: ['media/a/b1.png'], damaged: ['media/a/b2.png'] },
    });
  });
});

it('a region that was made anew and took a snapshot before it was restored hides nothing of the one before', async () => {
  const { files, deps, added } = await backupOf(asset('a1', 3), asset('a2', 3));
  await changed(files, STARTED + HOUR, change({ id: 'a2', rev: 5 }));
  await snapshotOf(files, STARTED + 24 * HOUR, [asset('a3', 1)], 'second');
  await writePart(deps, 0, 1);

  expect(added.map(({ id, rev }) => `${id} ${rev}`).sort()).toEqual(['a1 3', 'a2 5', 'a3 1']);
});

it('parts have every record once', async () => {
  const records = Array.from({ length: 50 }, (_, index) => asset(`a${index}`, 1));
  const { deps, added } = await backupOf(...records);
  for (let part = 0; part < 4; part++) await writePart(deps, part, 4);

  expect(added.map(({ id }) => id).sort()).toEqual(records.map(({ id }) => id).sort());
});

it('a snapshot with other bytes than its manifest says is refused', async () => {
  const { files, deps } = await backupOf(asset('a1', 3));
  const [key = ''] = files.keys().filter((one) => one.endsWith('.jsonl'));
  await files.write(key, files.text(key).replace('"rev":3', '"rev":4'));

  await expect(writePart(deps, 0, 1)).rejects.toThrow('other bytes');
});

it('a snapshot that was cut off is none', async () => {
  const { files, deps } = await backupOf(asset('a1', 3));
  for (const key of files.keys().filter((one) => one.endsWith('manifest.json'))) await files.remove(key);

  expect(await planRestore(deps)).toEqual({ parts: 1, snapshots: [], changes: 0, erased: 0 });
});

import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFile } from '../../../../lambda/core/library/files/library-file.ts';
import { moveFile } from '../../../../lambda/core/library/files/move-file.ts';
import { beginImport } from '../../../../lambda/core/library/imports/begin-import.ts';
import { importFrom } from '../../../../lambda/core/library/imports/import-bucket.ts';
import { importedId } from '../../../../lambda/core/library/imports/imported-head.ts';
import { runJob } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import { pinnedObject } from '../../../../lambda/core/library/pinned-object.ts';
import type { LibraryJob } from '../../../../lambda/core/library/store/library-job.ts';
import type { LibraryStore } from '../../../../lambda/core/library/store/library-store.ts';
import { trashFile } from '../../../../lambda/core/library/trash/trash-file.ts';
import { entriesIn } from '../../../../lambda/core/library/tree/walk-folder.ts';
import { detectType } from '../../../../lambda/formats/types/detect-type.ts';
import { OWNER } from '../../kernel/callers.ts';
import { ORIGIN_ID } from '../../settings/origins/stored-origin.ts';
import type { LibraryWorld, WorldDeps } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import type { BucketToImport } from './bucket-to-import.ts';
import { BUCKET, startBucketToImport } from './bucket-to-import.ts';

/* Imports on real tables, from a bucket on a real server. */
let world: LibraryWorld;
let bucket: BucketToImport;

beforeAll(async () => {
  [world, bucket] = await Promise.all([startLibraryWorld(), startBucketToImport()]);
});
afterAll(async () => {
  await Promise.all([world?.close(), bucket?.close()]);
});

const worker = (changes: Partial<WorldDeps> = {}): WorldDeps => ({
  ...world.deps,
  importBucket: importFrom({ source: bucket.source, detectType }),
  ...changes,
});

interface Asked {
  readonly replacesCharacters?: boolean;
  readonly isPrivate?: boolean;
}

function begin(prefix: string, folder: string, { replacesCharacters = false, isPrivate = false }: Asked = {}) {
  const from = { originId: ORIGIN_ID, prefix };
  return beginImport(world.deps, OWNER, { from, folder, isPrivate, replacesCharacters });
}

const jobAt = async ({ jobId }: LibraryJob) => (await world.deps.store.job(jobId)) as LibraryJob;

async function finish(job: LibraryJob, deps = worker()): Promise<LibraryJob> {
  for (let run = 0; run < 5 && (await jobAt(job)).state === 'pending'; run++) await runJob(deps, await jobAt(job));
  return jobAt(job);
}

const imported = async (prefix: string, folder: string, asked?: Asked) => finish(await begin(prefix, folder, asked));
const fileOf = (key: string) => findFile(world.deps.store, importedId(ORIGIN_ID, key));

async function count(path: string): Promise<number> {
  const folderId = (await world.folderId(path)) ?? '';
  let found = 0;
  for await (const _ of entriesIn(world.deps.store, folderId)) found += 1;
  return found;
}

describe('an import', () => {
  it('makes a file of each object, which stays where it is and is pinned by its entity tag', async () => {
    await bucket.put('one/a.txt', 'a text');
    await bucket.put('one/below/b.pdf', '%PDF-1.7 b');
    await bucket.put('one/below/', '');

    const job = await imported('one/', '/one');

    expect(job).toMatchObject({ state: 'completed', name: 'IMPORT_BUCKET', done: 2, counts: { added: 2 } });
    expect(job.failures).toBeUndefined();
    const file = await fileOf('one/below/b.pdf');
    expect(file).toMatchObject({
      path: '/one/below/b.pdf',
      head: { contentType: 'application/pdf', fileType: 'non-image', size: 10, isPrivate: false, versionNumber: 1 },
    });
    expect(pinnedObject(file?.head.objectKey ?? '')).toMatchObject({
      originId: ORIGIN_ID,
      key: 'one/below/b.pdf',
      etag: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect([...world.objects.keys()].filter((key) => key.includes('one/'))).toEqual([]);
  });

  it('adds nothing twice, finds what changed, and names what is gone without deleting it', async () => {
    for (const name of ['same', 'changed', 'gone']) await bucket.put(`two/${name}.txt`, 'before');
    await imported('two/', '/two');
    await bucket.put('two/changed.txt', 'after that');
    await bucket.fixture.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'two/gone.txt' }));

    const job = await imported('two/', '/two');

    expect(job.counts).toEqual({ unchanged: 1, updated: 1, gone: 1 });
    expect(job.failures).toEqual([expect.stringContaining('/two/gone.txt: It is not at its origin any more')]);
    expect((await fileOf('two/changed.txt'))?.head).toMatchObject({ versionNumber: 2, versionCount: 2, size: 10 });
    expect(await fileOf('two/gone.txt')).toBeDefined();
  });

  it('notes at a file that its object is gone, once, until the object is there again', async () => {
    await bucket.put('ten/a.txt', 'here');
    await imported('ten/', '/ten');
    const before = await fileOf('ten/a.txt');
    await bucket.fixture.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'ten/a.txt' }));
    await imported('ten/', '/ten');
    const marked = (await fileOf('ten/a.txt'))?.head;
    expect(marked?.gone).toEqual({ objectKey: marked?.objectKey, since: expect.stringMatching(/^20.*Z$/) });
    expect(marked).toMatchObject({ changedRevision: before?.head.revision, updatedAt: before?.head.updatedAt });

    await imported('ten/', '/ten');
    expect((await fileOf('ten/a.txt'))?.head).toEqual(marked);

    await bucket.put('ten/a.txt', 'here');
    expect((await imported('ten/', '/ten')).counts).toEqual({ unchanged: 1 });
    expect((await fileOf('ten/a.txt'))?.head.gone).toBeUndefined();
  });

  it('finds a file again that was moved, and leaves one in the trash alone', async () => {
    for (const name of ['moved', 'trashed']) await bucket.put(`three/${name}.txt`, 'before');
    await imported('three/', '/three');
    await moveFile(world.deps, OWNER, {
      source: { folderPath: '/three', name: 'moved.txt' },
      destination: '/elsewhere',
    });
    await trashFile(world.deps, OWNER, { fileId: importedId(ORIGIN_ID, 'three/trashed.txt') });
    await bucket.put('three/moved.txt', 'after');

    expect((await imported('three/', '/three')).counts).toEqual({ unchanged: 1, updated: 1 });
    expect(await fileOf('three/moved.txt')).toMatchObject({ path: '/elsewhere/moved.txt', head: { versionNumber: 2 } });
    expect(await fileOf('three/trashed.txt')).toBeUndefined();
  });

  it('names what it does not import, with the reason', async () => {
    await bucket.put('four/a b.txt', 'blank');
    await bucket.put('four//c.txt', 'no level');
    await bucket.put('four/empty.txt', '');
    await bucket.put('four/page.jpg', '<html>no picture');
    await bucket.put('four/taken.txt', 'theirs');
    await world.upload('/four/taken.txt', 'ours');

    const job = await imported('four/', '/four');

    expect(job.counts).toEqual({ notImported: 5 });
    expect(job.failures?.toSorted()).toEqual([
      expect.stringContaining('four//c.txt: A level of its key is empty'),
      expect.stringContaining('four/a b.txt: A path of the library has letters'),
      'four/empty.txt: It is empty.',
      expect.stringContaining('four/page.jpg: "page.jpg" is named or sent as an image'),
      expect.stringContaining('four/taken.txt: "/four/taken.txt" is another file'),
    ]);
    expect((await imported('four/', '/four', { replacesCharacters: true })).counts).toEqual({
      added: 1,
      notImported: 4,
    });
    expect((await fileOf('four/a b.txt'))?.path).toBe('/four/a_b.txt');
  });

  it('keeps private what calls itself so, and everything where that is asked for', async () => {
    await bucket.put('five/secret.txt', 'secret', { isprivatefile: 'true' });
    await bucket.put('five/open.txt', 'open');
    await imported('five/', '/five');
    await bucket.put('six/any.txt', 'any');
    await imported('six/', '/six', { isPrivate: true });

    const keys = ['five/secret.txt', 'five/open.txt', 'six/any.txt'];
    const files = await Promise.all(keys.map(fileOf));
    expect(files.map((file) => file?.head.isPrivate)).toEqual([true, false, true]);
  });

  it('keeps what was uploaded over an imported file', async () => {
    await bucket.put('seven/a.txt', 'theirs');
    await imported('seven/', '/seven');
    await world.upload('/seven/a.txt', 'ours');

    const job = await imported('seven/', '/seven');

    expect(job.failures).toEqual([
      expect.stringContaining('seven/a.txt: Its file has been overwritten in the library'),
    ]);
    expect((await fileOf('seven/a.txt'))?.head).toMatchObject({ versionNumber: 2, size: 4 });
  });

  it('ends with the reason when its origin is gone', async () => {
    const job = await beginImport(world.deps, OWNER, {
      ...{ from: { originId: 'f'.repeat(24), prefix: '' }, folder: '/eight' },
      ...{ isPrivate: false, replacesCharacters: false },
    });

    expect(await finish(job)).toMatchObject({
      state: 'completed',
      failures: ['The import ended: The origin is not there any more.'],
    });
  });

  it('is left by a worker that may not read from origins to one that may', async () => {
    await bucket.put('nine/a.txt', 'a');
    const job = await begin('nine/', '/nine');

    await runJob(world.deps, await jobAt(job));
    expect(await jobAt(job)).toMatchObject({ state: 'pending', heldUntil: 0 });
    expect((await finish(job)).counts).toEqual({ added: 1 });
  });
});

describe('a worker that dies in the middle of 300 objects', () => {
  /** Files that the store takes before it fails as if its process had died. */
  function dyingStore(store: LibraryStore, commits: number): LibraryStore {
    let left = commits;
    return {
      ...store,
      commit: async (change, event) => {
        if (left-- <= 0) throw new Error('died');
        return store.commit(change, event);
      },
      saveJob: async (job, revision) => {
        if (left <= 0) throw new Error('died');
        return store.saveJob(job, revision);
      },
    };
  }

  /** A machine that is busy may let a connection wait too long; the worker is then to come again. */
  async function lastWords(job: LibraryJob, store: LibraryStore): Promise<string[]> {
    const words: string[] = [];
    for (let run = 0; run < 5 && words.length === 0; run++) {
      await runJob(worker({ store }), await jobAt(job)).catch((error: Error) => words.push(error.message));
    }
    return words;
  }

  it('is followed by one that goes on, and each object is one file', async () => {
    for (let index = 0; index < 300; index++) await bucket.put(`many/${index}.txt`, `text ${index}`);
    const job = await begin('many/', '/many');

    expect(await lastWords(job, dyingStore(world.deps.store, 170))).toEqual(['died']);
    const left = await jobAt(job);
    expect(left).toMatchObject({ state: 'pending', place: [expect.any(String)] });
    expect(left.done).toBeGreaterThan(0);
    expect(left.done).toBeLessThan(170);
    expect(await count('/many')).toBe(170);
    // Nobody takes it before the dead worker's time is over.
    const after = await finish(job, worker({ clock: () => Date.now() + 300_000 }));

    expect(after).toMatchObject({ state: 'completed', done: 300, counts: { added: 300 } });
    expect(await count('/many')).toBe(300);
  }, 120_000);
});

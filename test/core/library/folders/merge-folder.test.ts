import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { fileByPath } from '../../../../lambda/core/library/files/library-file.ts';
import { createFolder } from '../../../../lambda/core/library/folders/create-folder.ts';
import { moveFolder, renameFolder } from '../../../../lambda/core/library/folders/move-folder.ts';
import { restrictFolder } from '../../../../lambda/core/library/folders/restrict-folder.ts';
import { runJob, runJobs } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import type { LibraryJob } from '../../../../lambda/core/library/store/library-job.ts';
import { trashFolder } from '../../../../lambda/core/library/trash/trash-folder.ts';
import type { LibraryWorld, WorldDeps } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

const move = (source: string, destination: string) => moveFolder(world.deps, OWNER, { source, destination });

const at = (folderPath: string, name: string) =>
  fileByPath(world.deps.store, OWNER, 'files.read', { folderPath, name });

const stateOf = async ({ jobId }: LibraryJob) => world.deps.store.job(jobId);

/** So many quarters of an hour later, when every upload has ended. */
const later = (deps: WorldDeps, times = 1): WorldDeps => ({ ...deps, clock: () => Date.now() + times * 1_000_000 });

describe('a folder that is moved onto another of its name', () => {
  it('brings its files, its folders and their files, and is no more', async () => {
    const { head: one } = await world.upload('/a/x/one.txt', 'one');
    const { head: deep } = await world.upload('/a/x/both/deep.txt', 'deep');
    const { head: alone } = await world.upload('/a/x/new/alone.txt', 'alone');
    await world.upload('/b/x/two.txt', 'two');
    await world.upload('/b/x/both/other.txt', 'other');
    const folderId = await world.folderId('/a/x');

    const job = await move('/a/x', '/b');
    await runJob(world.deps, job);

    const ids = await Promise.all(
      [at('/b/x', 'one.txt'), at('/b/x/both', 'deep.txt'), at('/b/x/new', 'alone.txt')].map(
        async (file) => (await file).head.assetId,
      ),
    );
    expect(ids).toEqual([one.assetId, deep.assetId, alone.assetId]);
    expect((await at('/b/x', 'two.txt')).path).toBe('/b/x/two.txt');
    expect(await world.folderId('/a/x')).toBeUndefined();
    expect(await stateOf(job)).toMatchObject({ name: 'MOVE_FOLDER', state: 'completed', done: 2 });
    await runJobs(later(world.deps));
    const left = (await world.items()).filter(({ pk }) => [`fd#${folderId}`, `in#${folderId}`].includes(String(pk)));
    expect(left).toEqual([]);
  });

  it('brings a file onto one of its name as more of its versions', async () => {
    await world.upload('/v/x/same.txt', 'old');
    await world.upload('/w/x/same.txt', 'first');
    const { head } = await world.upload('/w/x/same.txt', 'second');

    await runJob(world.deps, await move('/v/x', '/w'));

    const merged = (await at('/w/x', 'same.txt')).head;
    expect([merged.assetId, merged.versionCount, world.objects.get(merged.objectKey)]).toEqual([
      head.assetId,
      3,
      'old',
    ]);
    expect(world.purged).toEqual(expect.arrayContaining(['/v/x/same.txt', '/w/x/same.txt']));
  });

  it('leaves private what it made private', async () => {
    await world.upload('/private/x/one.txt', 'one');
    await world.upload('/private/x/new/two.txt', 'two');
    await world.upload('/public/x/three.txt', 'three');
    await restrictFolder(world.deps, OWNER, { folder: '/private/x', isPrivate: true });

    await runJob(world.deps, await move('/private/x', '/public'));

    expect((await at('/public/x', 'one.txt')).head.isPrivate).toBe(true);
    expect((await at('/public/x/new', 'two.txt')).folder.isPrivate).toBe(true);
    expect((await at('/public/x', 'three.txt')).head.isPrivate).toBe(false);
  });

  it('keeps what could not be moved, and says so', async () => {
    for (let version = 0; version < 51; version++) await world.upload('/f/x/many.txt', String(version));
    await world.upload('/f/x/one.txt', 'one');
    for (let version = 0; version < 51; version++) await world.upload('/g/x/many.txt', String(version));

    const job = await move('/f/x', '/g');
    await runJob(world.deps, job);

    expect(await stateOf(job)).toMatchObject({
      state: 'completed',
      failures: [expect.stringMatching(/^\/f\/x\/many\.txt: .*100 versions/)],
    });
    expect((await at('/f/x', 'many.txt')).head.versionCount).toBe(51);
    expect((await at('/g/x', 'one.txt')).head.versionCount).toBe(1);
  });

  it('is refused onto the folder that it lies in', async () => {
    await createFolder(world.deps, OWNER, { parentPath: '/up/in', name: 'up' });

    expect((await refusalOf(move('/up/in/up', '/'))).code).toBe('folder.exists');
  });

  it('stays as it is when the other one goes to the trash before the job begins', async () => {
    await world.upload('/t/x/one.txt', 'one');
    await createFolder(world.deps, OWNER, { parentPath: '/u', name: 'x' });
    const job = await move('/t/x', '/u');
    await trashFolder(world.deps, OWNER, '/u/x');

    await runJob(world.deps, job);

    expect((await at('/t/x', 'one.txt')).head.state).toBe('live');
    expect((await stateOf(job))?.failures).toEqual([expect.stringContaining('/t/x: ')]);
  });
});

describe('a merge that is cut short', () => {
  it('is done in the end, each file once, wherever its worker was killed', async () => {
    for (let steps = 1; ; steps++) {
      const root = `/kill${steps}`;
      await world.upload(`${root}/a/x/1.txt`, 'one');
      await world.upload(`${root}/a/x/2.txt`, 'two');
      await world.upload(`${root}/a/x/deep/3.txt`, 'three');
      await world.upload(`${root}/a/x/new/4.txt`, 'four');
      await world.upload(`${root}/b/x/1.txt`, 'before');
      await world.upload(`${root}/b/x/deep/5.txt`, 'five');
      const job = await move(`${root}/a/x`, `${root}/b`);

      const wasKilled = await runJob(dyingAfter(steps), job).then(
        () => false,
        () => true,
      );
      await runJobs(later(world.deps));
      await runJobs(later(world.deps, 2));

      expect(await world.folderId(`${root}/a/x`)).toBeUndefined();
      const counts = await Promise.all(
        [at(`${root}/b/x`, '1.txt'), at(`${root}/b/x`, '2.txt'), at(`${root}/b/x/deep`, '3.txt')].map(
          async (file) => (await file).head.versionCount,
        ),
      );
      expect([...counts, (await at(`${root}/b/x/new`, '4.txt')).head.versionCount]).toEqual([2, 1, 1, 1]);
      expect(await world.deps.store.pendingJobs()).toEqual([]);
      if (!wasKilled) return expect(steps).toBeGreaterThan(6);
    }
  });

  it('finds what an upload that was on its way adds to the folder after it is gone', async () => {
    await world.upload('/late/a/x/one.txt', 'one');
    await createFolder(world.deps, OWNER, { parentPath: '/late/b', name: 'x' });
    const job = await move('/late/a/x', '/late/b');
    // It found its folder before that went, and commits after.
    const slow: WorldDeps = {
      ...world.deps,
      store: {
        ...world.deps.store,
        commit: async (change, event) => {
          await runJob(world.deps, job);
          return world.deps.store.commit(change, event);
        },
      },
    };

    await world.upload('/late/a/x/two.txt', 'two', {}, slow);
    await runJobs(later(world.deps));

    expect((await at('/late/b/x', 'two.txt')).head.name).toBe('two.txt');
  });

  it('brings no emptied folder back when the one that it went into has another name by then', async () => {
    await world.upload('/back/a/x/sub/1.txt', '1');
    await world.upload('/back/b/x/sub/2.txt', '2');
    await runJob(world.deps, await move('/back/a/x', '/back/b'));
    await renameFolder(world.deps, OWNER, { folder: '/back/b/x/sub', newName: 'other' });

    await runJobs(later(world.deps));

    expect(await world.folderId('/back/b/x/sub')).toBeUndefined();
    expect((await at('/back/b/x/other', '1.txt')).head.state).toBe('live');
    expect(await world.deps.store.pendingJobs()).toEqual([]);
  });

  it('is not begun with a folder that has the new name of one which is renamed while it is moved', async () => {
    await world.upload('/named/a/old/1.txt', '1');
    await world.upload('/named/new/other.txt', 'other');
    const folderNode: WorldDeps['store']['folderNode'] = async (folderId) => {
      if (folderId === (await world.folderId('/named/a/old'))) {
        await renameFolder(world.deps, OWNER, { folder: '/named/a/old', newName: 'new' });
      }
      return world.deps.store.folderNode(folderId);
    };
    const deps = { ...world.deps, store: { ...world.deps.store, folderNode } };

    const refusal = await refusalOf(moveFolder(deps, OWNER, { source: '/named/a/old', destination: '/named' }));

    expect(refusal.code).toBe('folder.missing');
  });

  it('loses nothing when two folders go into each other at the same time', async () => {
    for (const name of ['1', '2', '3', '4']) {
      await world.upload(`/cross/a/x/a${name}.txt`, name);
      await world.upload(`/cross/b/x/b${name}.txt`, name);
    }
    const jobs = await Promise.all([move('/cross/a/x', '/cross/b'), move('/cross/b/x', '/cross/a')]);

    await Promise.all(jobs.map((job) => runJob(world.deps, job)));
    await runJobs(later(world.deps));

    const heads = (await world.items()).filter(({ sk, name }) => sk === 'head' && /^[ab]\d\.txt$/.test(String(name)));
    const found = await Promise.all(
      heads.map(async ({ folderId, name }) => (await world.deps.store.fileEntry(String(folderId), String(name)))?.name),
    );
    expect(found.sort()).toEqual(['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'b3', 'b4'].map((name) => `${name}.txt`));
    const paths = ['/cross/a/x', '/cross/b/x'];
    const there = await Promise.all(paths.map((path) => world.folderId(path)));
    expect(heads.filter(({ folderId }) => !there.includes(String(folderId)))).toEqual([]);
  });
});

/** A worker that is killed instead of its next change after so many changes, of jobs or of files. */
function dyingAfter(steps: number): WorldDeps {
  let left = steps;
  const step = () => {
    if (left-- <= 0) throw new Error('killed');
  };
  const { store } = world.deps;
  return {
    ...world.deps,
    store: {
      ...store,
      saveJob: async (...job) => {
        step();
        return store.saveJob(...job);
      },
      commit: async (...change) => {
        step();
        return store.commit(...change);
      },
    },
  };
}

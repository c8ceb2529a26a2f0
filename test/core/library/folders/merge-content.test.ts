import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { fileByPath } from '../../../../lambda/core/library/files/library-file.ts';
import { moveFolder, renameFolder } from '../../../../lambda/core/library/folders/move-folder.ts';
import { restrictFolder } from '../../../../lambda/core/library/folders/restrict-folder.ts';
import { runJob } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import type { LibraryWorld, WorldDeps } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

const move = (source: string, destination: string) => moveFolder(world.deps, OWNER, { source, destination });

const at = (folderPath: string, name: string) =>
  fileByPath(world.deps.store, OWNER, 'files.read', { folderPath, name });

describe('what is in a folder that goes into another', () => {
  it('stays private when its folder is made private while the files below it go', async () => {
    for (const name of ['1.txt', '2.txt']) await world.upload(`/made/a/x/deep/${name}`, name);
    await world.upload('/made/b/x/deep/other.txt', 'other');
    const job = await move('/made/a/x', '/made/b');

    await runJob(
      oneFileBefore(() => restrictFolder(world.deps, OWNER, { folder: '/made/a/x', isPrivate: true })),
      job,
    );

    const [first, second] = [await at('/made/b/x/deep', '1.txt'), await at('/made/b/x/deep', '2.txt')];
    expect([first.head.isPrivate, second.head.isPrivate]).toEqual([false, true]);
  });

  it('stays private when its folder is made private between the look at a file and its move', async () => {
    await world.upload('/just/a/x/deep/1.txt', '1');
    await world.upload('/just/b/x/deep/other.txt', 'other');
    const job = await move('/just/a/x', '/just/b');
    let isDone = false;
    const commit: WorldDeps['store']['commit'] = async (change, event) => {
      if (event.action === 'file.moved' && !isDone) {
        isDone = true;
        await restrictFolder(world.deps, OWNER, { folder: '/just/a/x', isPrivate: true });
      }
      return world.deps.store.commit(change, event);
    };

    await runJob({ ...world.deps, store: { ...world.deps.store, commit } }, job);

    expect([isDone, (await at('/just/b/x/deep', '1.txt')).head.isPrivate]).toEqual([true, true]);
  });

  it('comes under its new name when it is renamed after it was listed', async () => {
    await world.upload('/listed/a/x/old/1.txt', '1');
    await world.upload('/listed/b/x/2.txt', '2');
    const job = await move('/listed/a/x', '/listed/b');
    const old = await world.folderId('/listed/a/x/old');
    let isRenamed = false;
    const folderNode: WorldDeps['store']['folderNode'] = async (folderId) => {
      if (folderId === old && !isRenamed) {
        isRenamed = true;
        await renameFolder(world.deps, OWNER, { folder: '/listed/a/x/old', newName: 'new' });
      }
      return world.deps.store.folderNode(folderId);
    };

    await runJob({ ...world.deps, store: { ...world.deps.store, folderNode } }, job);

    expect(await world.folderId('/listed/b/x/new')).toBe(old);
    expect(await world.folderId('/listed/b/x/old')).toBeUndefined();
  });

  it('stays elsewhere when it is moved there meanwhile', async () => {
    for (const name of ['1.txt', '2.txt']) await world.upload(`/out/a/x/deep/${name}`, name);
    await world.upload('/out/b/x/deep/other.txt', 'other');
    const job = await move('/out/a/x', '/out/b');

    await runJob(
      oneFileBefore(() => move('/out/a/x/deep', '/elsewhere')),
      job,
    );

    expect((await at('/out/b/x/deep', '1.txt')).head.state).toBe('live');
    expect((await at('/elsewhere/deep', '2.txt')).head.state).toBe('live');
    expect(await world.folderId('/out/a/x')).toBeUndefined();
  });
});

/** A worker in whose way something comes when it has moved one file. */
function oneFileBefore(something: () => Promise<unknown>): WorldDeps {
  let commits = 0;
  const commit: WorldDeps['store']['commit'] = async (change, event) => {
    const outcome = await world.deps.store.commit(change, event);
    if (commits++ === 0) await something();
    return outcome;
  };
  return { ...world.deps, store: { ...world.deps.store, commit } };
}

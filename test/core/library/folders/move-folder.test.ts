import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { fileByPath } from '../../../../lambda/core/library/files/library-file.ts';
import { createFolder } from '../../../../lambda/core/library/folders/create-folder.ts';
import { moveFolder, renameFolder } from '../../../../lambda/core/library/folders/move-folder.ts';
import { runJobs } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import { locateFolder } from '../../../../lambda/core/library/tree/find-folder.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

const at = (folderPath: string, name: string) =>
  fileByPath(world.deps.store, OWNER, 'files.read', { folderPath, name });

describe('a folder that is moved', () => {
  it('is somewhere else with everything in it, at once', async () => {
    const { head } = await world.upload('/shop/summer/shirt.txt', 'a shirt');

    const job = await moveFolder(world.deps, OWNER, { source: '/shop/summer', destination: '/archive/2026' });

    expect((await at('/archive/2026/summer', 'shirt.txt')).head.assetId).toBe(head.assetId);
    expect((await refusalOf(at('/shop/summer', 'shirt.txt'))).code).toBe('file.missing');
    expect(job).toMatchObject({ name: 'MOVE_FOLDER', state: 'pending' });
  });

  it('is cleaned up behind by its job', async () => {
    await world.upload('/old/a/x.txt', 'x');
    await world.upload('/old/y.txt', 'y');
    const job = await renameFolder(world.deps, OWNER, { folder: '/old', newName: 'new' });

    await runJobs(world.deps);

    expect(world.purged).toEqual(expect.arrayContaining(['/old/a/x.txt', '/old/y.txt']));
    expect(await world.deps.store.job(job.jobId)).toMatchObject({ state: 'completed' });
  });

  it('is refused where it would make a circle', async () => {
    await createFolder(world.deps, OWNER, { parentPath: '/circle/a', name: 'b' });

    const refusal = await refusalOf(moveFolder(world.deps, OWNER, { source: '/circle', destination: '/circle/a/b' }));

    expect(refusal.code).toBe('folder.into-itself');
  });

  it('makes no circle with another that is moved the other way at the same time', async () => {
    for (let round = 0; round < 10; round++) {
      const parentPath = `/race${round}`;
      const left = await createFolder(world.deps, OWNER, { parentPath, name: 'left' });
      const right = await createFolder(world.deps, OWNER, { parentPath, name: 'right' });
      const move = (source: string, destination: string) =>
        moveFolder(world.deps, OWNER, {
          source: `${parentPath}/${source}`,
          destination: `${parentPath}/${destination}`,
        });

      await Promise.allSettled([move('left', 'right'), move('right', 'left')]);

      const paths = await Promise.all(
        [left, right].map(async ({ folderId }) => (await locateFolder(world.deps.store, folderId))?.path),
      );
      // The second of them finds its destination gone and makes it anew.
      expect([
        [`${parentPath}/left/right/left`, `${parentPath}/left/right`],
        [`${parentPath}/right/left`, `${parentPath}/right/left/right`],
      ]).toContainEqual(paths);
    }
  });

  it('is refused onto a name that is taken by a rename, into its own folder, and at the root', async () => {
    await createFolder(world.deps, OWNER, { parentPath: '/taken', name: 'a' });
    await createFolder(world.deps, OWNER, { parentPath: '/taken/into', name: 'a' });

    const codes = await Promise.all(
      [
        renameFolder(world.deps, OWNER, { folder: '/taken/a', newName: 'into' }),
        moveFolder(world.deps, OWNER, { source: '/taken/a', destination: '/taken' }),
        renameFolder(world.deps, OWNER, { folder: '/', newName: 'x' }),
        renameFolder(world.deps, OWNER, { folder: '/nowhere', newName: 'x' }),
      ].map(async (work) => (await refusalOf(work)).code),
    );

    expect(codes).toEqual(['folder.exists', 'file.same-place', 'folder.is-root', 'folder.missing']);
  });
});

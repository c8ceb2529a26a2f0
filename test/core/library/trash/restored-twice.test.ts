import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { restoreTrashed } from '../../../../lambda/core/library/trash/restore-trashed.ts';
import { trashFile } from '../../../../lambda/core/library/trash/trash-file.ts';
import { trashFolder } from '../../../../lambda/core/library/trash/trash-folder.ts';
import type { LibraryWorld, WorldDeps } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});

afterAll(() => world.close());

/** Somebody else restores the same thing right after it was read in the trash. */
function overtaken(id: string): WorldDeps {
  const { store } = world.deps;
  let hasHappened = false;
  const trashed: typeof store.trashed = async (day, item) => {
    const found = await store.trashed(day, item);
    if (!hasHappened) {
      hasHappened = true;
      await restoreTrashed(world.deps, OWNER, { id });
    }
    return found;
  };
  return { ...world.deps, store: { ...store, trashed } };
}

test('a file that two restore at once is no longer in the trash for the second, and takes its name from nobody', async () => {
  const { head } = await world.upload('/a/file.txt', 'text');
  await trashFile(world.deps, OWNER, { fileId: head.assetId });

  const refusal = await refusalOf(restoreTrashed(overtaken(head.assetId), OWNER, { id: head.assetId }));

  expect(refusal).toMatchObject({ code: 'trash.missing' });
});

test('so is a folder', async () => {
  await world.upload('/b/x/file.txt', 'text');
  const id = (await world.folderId('/b/x')) ?? '';
  await trashFolder(world.deps, OWNER, '/b/x');

  const refusal = await refusalOf(restoreTrashed(overtaken(id), OWNER, { id }));

  expect(refusal).toMatchObject({ code: 'trash.missing' });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { copyFile } from '../../../../lambda/core/library/files/copy-file.ts';
import { renameFolder } from '../../../../lambda/core/library/folders/move-folder.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});

afterAll(() => world.close());

test('a file whose folder takes the name of the destination meanwhile is missing, and never in the same place', async () => {
  await world.upload('/a/x/file.txt', 'text');
  let reads = 0;
  const { store } = world.deps;
  const overtaken = {
    ...world.deps,
    store: {
      ...store,
      head: async (assetId: string) => {
        const head = await store.head(assetId);
        if (reads++ === 0) await renameFolder(world.deps, OWNER, { folder: '/a/x', newName: 'y' });
        return head;
      },
    },
  };
  const input = { source: { folderPath: '/a/x', name: 'file.txt' }, destination: '/a/y', withVersions: false };

  expect(await refusalOf(copyFile(overtaken, OWNER, input))).toMatchObject({ code: 'file.missing' });
  expect(reads).toBe(1);
});

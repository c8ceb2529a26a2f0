import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import { createFolder } from '../../../../lambda/core/library/folders/create-folder.ts';
import { moveFolder, renameFolder } from '../../../../lambda/core/library/folders/move-folder.ts';
import { OWNER } from '../../kernel/callers.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});

afterAll(() => world.close());

const makeFolder = (path: string) => {
  const slash = path.lastIndexOf('/');
  return createFolder(world.deps, OWNER, { parentPath: path.slice(0, slash) || '/', name: path.slice(slash + 1) });
};

/** A path of so many bytes below a folder. */
const pathOf = (folder: string, bytes: number) => {
  const levels = '/aaaaaaaaa'.repeat(Math.floor((bytes - folder.length - 10) / 10));
  const path = `${folder}${levels}/`;
  return path + 'f'.repeat(bytes - path.length);
};

test('a path of 900 bytes is taken, and a folder above it moves only where it stays one of 900', async () => {
  const bytes = LIMITS.pathBytes;
  // Of 10 bytes a level, in 50 levels at most: the names are longer.
  const deep = `/long/${'b'.repeat(250)}/${'c'.repeat(250)}/${'d'.repeat(250)}`;
  const path = pathOf(deep, bytes);
  await world.upload(path, 'x');
  await makeFolder('/other');

  expect(Buffer.byteLength(path)).toBe(900);
  await expect(renameFolder(world.deps, OWNER, { folder: '/long', newName: 'longer' })).rejects.toMatchObject({
    code: 'folder.invalid',
    message: expect.stringMatching(/902 bytes .*900/),
  });
  await expect(moveFolder(world.deps, OWNER, { source: '/long', destination: '/other' })).rejects.toMatchObject({
    code: 'folder.invalid',
  });
  await renameFolder(world.deps, OWNER, { folder: '/long', newName: 'gone' });
  expect(await world.folderId('/gone')).toBeDefined();
});

test('a folder moves only where what is below it stays within 50 levels', async () => {
  const below = (levels: number) => Array.from({ length: levels }, (_, level) => `/${level}`).join('');
  await makeFolder(`/tall${below(LIMITS.folderLevels - 1)}`);
  await makeFolder('/shelf');

  await expect(moveFolder(world.deps, OWNER, { source: '/tall', destination: '/shelf' })).rejects.toMatchObject({
    code: 'folder.invalid',
    message: expect.stringMatching(/51 levels .*50/),
  });
  await renameFolder(world.deps, OWNER, { folder: '/tall', newName: 'much-taller' });
});

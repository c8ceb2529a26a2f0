import { afterAll, beforeAll, expect, it } from 'vitest';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { copyFile } from '../../../../lambda/core/library/files/copy-file.ts';
import { fileById } from '../../../../lambda/core/library/files/library-file.ts';
import { moveFile, renameFile } from '../../../../lambda/core/library/files/move-file.ts';
import { updateFile } from '../../../../lambda/core/library/files/update-file.ts';
import { addReference, removeReference } from '../../../../lambda/core/library/references/manage-references.ts';
import { referencesOf } from '../../../../lambda/core/library/references/references-of.ts';
import { deleteForever } from '../../../../lambda/core/library/trash/delete-forever.ts';
import { restoreTrashed } from '../../../../lambda/core/library/trash/restore-trashed.ts';
import { trashFile } from '../../../../lambda/core/library/trash/trash-file.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

const add = (fileId: string, page: string, label = page) =>
  addReference(world.deps, OWNER, { fileId, url: `https://cms.example/${page}`, label });

const headOf = async (fileId: string) => (await fileById(world.deps.store, OWNER, 'files.read', fileId)).head;

/** Labels, and how many the file says that it has. */
async function seen(fileId: string): Promise<[string[], number | undefined]> {
  const head = await headOf(fileId);
  const references = await referencesOf(world.deps.store, head);
  return [references.map(({ label }) => label).sort(), head.referenceCount];
}

const uploaded = async (path: string) => (await world.upload(path, path)).head.assetId;

it('counts a page once, gives it its new label, and takes it away', async () => {
  const fileId = await uploaded('/pages/a.txt');
  const { referenceId } = await add(fileId, 'one');
  await add(fileId, 'two');
  const before = await headOf(fileId);
  await add(fileId, 'one');
  await add(fileId, 'one', 'One');

  expect(await seen(fileId)).toEqual([['One', 'two'], 2]);
  expect((await headOf(fileId)).revision).toBe(before.revision);
  await removeReference(world.deps, OWNER, { fileId, referenceId });
  expect(await seen(fileId)).toEqual([['two'], 1]);
  expect((await refusalOf(removeReference(world.deps, OWNER, { fileId, referenceId }))).code).toBe('reference.missing');
});

it('says of nobody that they changed the file, and keeps what others change at the same time', async () => {
  const fileId = await uploaded('/pages/together.txt');
  const { updatedAt } = await headOf(fileId);
  await Promise.all(['p', 'q', 'r'].map((page) => add(fileId, page)));
  expect((await headOf(fileId)).updatedAt).toBe(updatedAt);

  await Promise.all([add(fileId, 's'), updateFile(world.deps, OWNER, { fileId, update: { tags: ['t'] } })]);
  expect([await seen(fileId), (await headOf(fileId)).tags]).toEqual([[['p', 'q', 'r', 's'], 4], ['t']]);
});

it('follows a file that is renamed, moved, overwritten, trashed and restored', async () => {
  const fileId = await uploaded('/follow/a.txt');
  await add(fileId, 'page');
  await renameFile(world.deps, OWNER, { source: { folderPath: '/follow', name: 'a.txt' }, newName: 'b.txt' });
  await moveFile(world.deps, OWNER, {
    source: { folderPath: '/follow', name: 'b.txt' },
    destination: '/follow/elsewhere',
  });
  await world.upload('/follow/elsewhere/b.txt', 'newer');
  await trashFile(world.deps, OWNER, { fileId });
  await restoreTrashed(world.deps, OWNER, { id: fileId });

  expect(await seen(fileId)).toEqual([['page'], 1]);
});

it('comes along when a file is moved onto another, also where a page showed both', async () => {
  const [moved, target] = [await uploaded('/merge/from/a.txt'), await uploaded('/merge/a.txt')];
  await add(moved, 'moved');
  await add(target, 'target');
  const { referenceId } = await add(moved, 'both');
  await add(target, 'both');
  await moveFile(world.deps, OWNER, { source: { folderPath: '/merge/from', name: 'a.txt' }, destination: '/merge' });

  expect(await seen(target)).toEqual([['both', 'both', 'moved', 'target'], 4]);
  await removeReference(world.deps, OWNER, { fileId: target, referenceId });
  expect(await seen(target)).toEqual([['moved', 'target'], 2]);
});

it('is not a reference to a copy', async () => {
  const fileId = await uploaded('/copied/a.txt');
  await add(fileId, 'page');
  const input = { source: { folderPath: '/copied', name: 'a.txt' }, destination: '/copies', withVersions: true };
  const copy = await copyFile(world.deps, OWNER, input);

  expect(await seen(copy.head.assetId)).toEqual([[], undefined]);
});

it('is bounded', async () => {
  const fileId = await uploaded('/bounded/a.txt');
  for (let page = 0; page < LIMITS.fileReferences; page++) await add(fileId, `page-${page}`);

  expect((await refusalOf(add(fileId, 'one-more'))).message).toBe('A file may have at most 100 references.');
  expect((await seen(fileId))[1]).toBe(LIMITS.fileReferences);
});

it('leaves nothing behind when the file is deleted for good', async () => {
  const fileId = await uploaded('/gone/a.txt');
  await add(fileId, 'only-there');
  await deleteForever(world.deps, OWNER, { fileId });

  expect((await world.items()).filter(({ label }) => label === 'only-there')).toEqual([]);
});

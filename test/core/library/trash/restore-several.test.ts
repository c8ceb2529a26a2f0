import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { PERMISSIONS } from '../../../../lambda/core/accounts/permissions.ts';
import type { Caller } from '../../../../lambda/core/kernel/caller.ts';
import { fileById } from '../../../../lambda/core/library/files/library-file.ts';
import { purgeTrashed } from '../../../../lambda/core/library/trash/purge-trashed.ts';
import { restoreSeveral } from '../../../../lambda/core/library/trash/restore-several.ts';
import { trashFile } from '../../../../lambda/core/library/trash/trash-file.ts';
import { trashFolder } from '../../../../lambda/core/library/trash/trash-folder.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

const restore = (ids: readonly string[], caller: Caller = OWNER) => restoreSeveral(world.deps, caller, ids);

/** Ids of files that were put into the trash. */
async function trashed(...paths: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const path of paths) {
    const { head } = await world.upload(path, path);
    await trashFile(world.deps, OWNER, { fileId: head.assetId });
    ids.push(head.assetId);
  }
  return ids;
}

const pathOf = async (fileId: string) => (await fileById(world.deps.store, OWNER, 'files.read', fileId)).path;

describe('several things that are restored at once', () => {
  it('are back, files and folders, and are so when the call is made again', async () => {
    const ids = await trashed('/several/a.txt', '/several/b.txt');
    const { head } = await world.upload('/whole/c.txt', 'c');
    const folderId = (await world.folderId('/whole')) ?? '';
    await trashFolder(world.deps, OWNER, '/whole');

    for (let call = 0; call < 2; call++)
      expect(await restore([...ids, folderId])).toEqual({ changed: [...ids, folderId], failed: [] });
    expect(await Promise.all([...ids, head.assetId].map(pathOf))).toEqual([
      '/several/a.txt',
      '/several/b.txt',
      '/whole/c.txt',
    ]);
  });

  it('stay where they are when one is not there', async () => {
    const [one = '', ended = ''] = await trashed('/missing/a.txt', '/missing/b.txt');
    await purgeTrashed(world.deps, OWNER, ended);

    expect((await refusalOf(restore([one, ended]))).code).toBe('trash.missing');
    expect((await refusalOf(fileById(world.deps.store, OWNER, 'files.read', one))).code).toBe('file.missing');
  });

  it('hold each other up in nothing else: one whose name is taken is named', async () => {
    const [one = '', other = ''] = await trashed('/taken/a.txt', '/taken/b.txt');
    await world.upload('/taken/a.txt', 'new');

    expect(await restore([one, other])).toMatchObject({
      changed: [other],
      failed: [{ id: one, problem: { code: 'trash.name-taken' } }],
    });
  });

  it('are not found by whoever may not see them, in the trash or back', async () => {
    const [one = ''] = await trashed('/hidden/a.txt');
    const elsewhere: Caller = { ...OWNER, grants: [{ permissions: PERMISSIONS, folderIds: ['0'.repeat(24)] }] };

    expect((await refusalOf(restore([one], elsewhere))).code).toBe('trash.missing');
    await restore([one]);
    expect((await refusalOf(restore([one], elsewhere))).code).toBe('trash.missing');
  });
});

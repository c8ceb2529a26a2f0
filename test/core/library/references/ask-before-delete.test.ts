import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { fileById } from '../../../../lambda/core/library/files/library-file.ts';
import type { FileReferenced } from '../../../../lambda/core/library/references/ask-before-delete.ts';
import { askBeforeDelete, movedAway, usesOf } from '../../../../lambda/core/library/references/ask-before-delete.ts';
import { findReferencedBelow } from '../../../../lambda/core/library/references/find-referenced-below.ts';
import { addReference } from '../../../../lambda/core/library/references/manage-references.ts';
import type { PathInSetting } from '../../../../lambda/core/library/references/uses.ts';
import { trashFile } from '../../../../lambda/core/library/trash/trash-file.ts';
import { trashFolder } from '../../../../lambda/core/library/trash/trash-folder.ts';
import { findFolder } from '../../../../lambda/core/library/tree/find-folder.ts';
import type { Folder } from '../../../../lambda/core/library/tree/folder.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

const SETTINGS: readonly PathInSetting[] = [{ name: 'branded', as: 'layer', path: '/brand/logo.png' }];
const deps = () => ({ store: world.deps.store, pathsInSettings: async () => SETTINGS });
const ask = (caller = OWNER) => askBeforeDelete(deps(), caller);
const uploaded = async (path: string) => (await world.upload(path, path)).head.assetId;
const refer = (fileId: string, label: string) =>
  addReference(world.deps, OWNER, { fileId, url: `https://cms.example/${label}`, label });
const trash = (fileId: string) => trashFile(world.deps, OWNER, { fileId, ask: ask() });

describe('a file', () => {
  it('that nobody uses goes unasked', async () => {
    const fileId = await uploaded('/free/a.txt');

    await trash(fileId);
    expect((await refusalOf(fileById(world.deps.store, OWNER, 'files.read', fileId))).code).toBe('file.missing');
  });

  it('that a page shows stays until it is said that it goes anyway', async () => {
    const fileId = await uploaded('/used/a.txt');
    await refer(fileId, 'home');
    const refusal = (await refusalOf(trash(fileId))) as FileReferenced;

    expect([refusal.status, refusal.code, refusal.message]).toEqual([
      409,
      'file.referenced',
      'It is used in 1 place. Nothing was deleted; to delete it anyway, send force: true.',
    ]);
    expect(refusal.uses).toMatchObject([{ kind: 'registered', path: '/used/a.txt', reference: { label: 'home' } }]);
    await fileById(world.deps.store, OWNER, 'files.read', fileId);
    await trashFile(world.deps, OWNER, { fileId });
    expect((await refusalOf(fileById(world.deps.store, OWNER, 'files.read', fileId))).code).toBe('file.missing');
  });

  it('that a named transformation draws stays, too; its name is for who may read names', async () => {
    const fileId = await uploaded('/brand/logo.png');
    const file = await fileById(world.deps.store, OWNER, 'files.read', fileId);
    const reader = { ...OWNER, grants: [{ permissions: ['files.read', 'files.delete'] as const }] };

    expect(await usesOf(deps(), OWNER, file)).toEqual([{ kind: 'named-transformation', ...SETTINGS[0] }]);
    expect(await usesOf(deps(), reader, file)).toEqual([
      { kind: 'named-transformation', as: 'layer', path: '/brand/logo.png' },
    ]);
    expect((await refusalOf(trash(fileId))).code).toBe('file.referenced');
  });
});

describe('a folder', () => {
  it('stays when something below it is used, by a page or by a setting', async () => {
    const fileId = await uploaded('/tree/a/b/c.txt');
    await uploaded('/tree/other.txt');
    await refer(fileId, 'deep');
    const refusal = (await refusalOf(trashFolder(world.deps, OWNER, '/tree', ask()))) as FileReferenced;

    expect(refusal.uses).toMatchObject([{ path: '/tree/a/b/c.txt', reference: { label: 'deep' } }]);
    expect((await refusalOf(trashFolder(world.deps, OWNER, '/brand', ask()))).code).toBe('file.referenced');
    await trashFolder(world.deps, OWNER, '/tree');
    expect(await world.folderId('/tree')).toBeUndefined();
  });

  it('goes unasked when nothing below it is used, also where one beside it begins alike', async () => {
    await uploaded('/bran/d.txt');

    await trashFolder(world.deps, OWNER, '/bran', ask());
    expect(await world.folderId('/bran')).toBeUndefined();
  });

  it('with more folders than are looked through is asked about', async () => {
    await uploaded('/wide/here.txt');
    const folder = (await findFolder(world.deps.store, '/wide')) as Folder;
    const { store } = world.deps;
    const endless = {
      ...store,
      folders: async (folderId: string) => ({
        records: [{ parentId: folderId, name: 'again', folderId: folder.folderId, isPrivate: false }],
      }),
    };

    expect(await findReferencedBelow(endless, folder)).toBe('too-many');
    expect(await findReferencedBelow(store, folder)).toEqual([]);
  });
});

it('tells who moves something which settings still name its old path', async () => {
  const message = 'The named transformation "branded" still names "/brand/logo.png" as its layer.';

  expect(await movedAway(deps(), OWNER, '/brand/logo.png')).toEqual([message]);
  expect(await movedAway(deps(), OWNER, '/brand')).toEqual([message]);
  expect(await movedAway(deps(), OWNER, '/bran')).toEqual([]);
});

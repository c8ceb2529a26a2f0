import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { copyFile } from '../../../../lambda/core/library/files/copy-file.ts';
import { moveFile, renameFile } from '../../../../lambda/core/library/files/move-file.ts';
import { createFolder } from '../../../../lambda/core/library/folders/create-folder.ts';
import { moveFolder, renameFolder } from '../../../../lambda/core/library/folders/move-folder.ts';
import { runJob } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import type { LibraryWorld, WorldDeps } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

/* A file's entry is read before its head; in between somebody else may give it another place. */
let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});

afterAll(() => world.close());

/** Something else happens right before the head of a file is read, at this reading of it. */
function overtaken(assetId: string, reading: number, happens: () => Promise<unknown>): WorldDeps {
  const { store } = world.deps;
  let readings = 0;
  const head = async (id: string) => {
    if (id === assetId && ++readings === reading) await happens();
    return store.head(id);
  };
  return { ...world.deps, store: { ...store, head } };
}

const at = (folderPath: string, name: string) => ({ folderPath, name });
const rename = (folderPath: string, name: string, newName: string) =>
  renameFile(world.deps, OWNER, { source: at(folderPath, name), newName });

test('a file that is renamed meanwhile is not moved under its old path, nor onto a stranger of its new name', async () => {
  const { head } = await world.upload('/one/a.txt', 'moved');
  await world.upload('/two/b.txt', 'stranger');
  const deps = overtaken(head.assetId, 2, () => rename('/one', 'a.txt', 'b.txt'));

  const refusal = await refusalOf(moveFile(deps, OWNER, { source: at('/one', 'a.txt'), destination: '/two' }));

  expect(refusal).toMatchObject({ code: 'file.missing' });
  expect((await world.deps.store.head(head.assetId))?.name).toBe('b.txt');
});

test('a file that is renamed meanwhile is not renamed under its old path', async () => {
  const { head } = await world.upload('/three/a.txt', 'renamed');
  const deps = overtaken(head.assetId, 1, () => rename('/three', 'a.txt', 'b.txt'));

  const refusal = await refusalOf(renameFile(deps, OWNER, { source: at('/three', 'a.txt'), newName: 'c.txt' }));

  expect(refusal).toMatchObject({ code: 'file.missing' });
  expect((await world.deps.store.head(head.assetId))?.name).toBe('b.txt');
});

test('an upload onto a file that leaves its place meanwhile is a file of its own there', async () => {
  const { head } = await world.upload('/four/a.txt', 'first');
  const deps = overtaken(head.assetId, 1, () => rename('/four', 'a.txt', 'b.txt'));

  const uploaded = await world.upload('/four/a.txt', 'second', {}, deps);

  expect(uploaded.head.assetId).not.toBe(head.assetId);
  expect(await world.deps.store.head(head.assetId)).toMatchObject({ name: 'b.txt', versionCount: 1 });
});

/** Something else happens once, right before it is looked up what has a name in this folder. */
function overtakenAt(folderId: string | undefined, happens: () => Promise<unknown>): WorldDeps {
  const { store } = world.deps;
  let isDone = false;
  const before = async (id: string) => {
    if (id !== folderId || isDone) return;
    isDone = true;
    await happens();
  };
  return {
    ...world.deps,
    store: {
      ...store,
      fileEntry: async (id, name) => {
        await before(id);
        return store.fileEntry(id, name);
      },
      folderEntry: async (id, name) => {
        await before(id);
        return store.folderEntry(id, name);
      },
    },
  };
}

/** A file in one folder, and another folder that is empty. */
async function fileBeside(root: string) {
  const { head } = await world.upload(`${root}/from/a.txt`, 'bytes');
  await createFolder(world.deps, OWNER, { parentPath: root, name: 'to' });
  const input = { source: at(`${root}/from`, 'a.txt'), destination: `${root}/to` };
  const isMoved = () => moveFile(world.deps, OWNER, input);
  return { head, input, deps: overtakenAt(await world.folderId(`${root}/to`), isMoved) };
}

test('a file that somebody else moves to the same place meanwhile is not moved onto itself', async () => {
  const { head, input, deps } = await fileBeside('/five');

  expect(await refusalOf(moveFile(deps, OWNER, input))).toMatchObject({ code: 'file.missing' });

  expect(await world.deps.store.head(head.assetId)).toMatchObject({ name: 'a.txt', revision: 2, versionCount: 1 });
});

test('a file that is moved to the place of its copy meanwhile is not copied onto itself', async () => {
  const { head, input, deps } = await fileBeside('/six');

  const refusal = await refusalOf(copyFile(deps, OWNER, { ...input, withVersions: false }));

  expect(refusal).toMatchObject({ code: 'file.missing' });
  expect(await world.deps.store.head(head.assetId)).toMatchObject({ name: 'a.txt', versionCount: 1 });
});

test('a folder that somebody else moves to the same place meanwhile is not moved into itself', async () => {
  await world.upload('/seven/from/x/a.txt', 'bytes');
  await createFolder(world.deps, OWNER, { parentPath: '/seven', name: 'to' });
  const input = { source: '/seven/from/x', destination: '/seven/to' };
  const deps = overtakenAt(await world.folderId('/seven/to'), () => moveFolder(world.deps, OWNER, input));

  expect(await refusalOf(moveFolder(deps, OWNER, input))).toMatchObject({ code: 'folder.missing' });

  expect(await world.folderId('/seven/to/x')).toBeDefined();
});

test('a merge leaves a file alone that somebody else brings over meanwhile', async () => {
  const { head } = await world.upload('/eight/from/x/a.txt', 'bytes');
  await world.upload('/eight/to/x/b.txt', 'other');
  const job = await moveFolder(world.deps, OWNER, { source: '/eight/from/x', destination: '/eight/to' });
  const brought = { source: at('/eight/from/x', 'a.txt'), destination: '/eight/to/x' };
  const deps = overtakenAt(await world.folderId('/eight/to/x'), () => moveFile(world.deps, OWNER, brought));

  await runJob(deps, job);

  const ended = await world.deps.store.job(job.jobId);
  expect([ended?.state, ended?.failures]).toEqual(['completed', undefined]);
  expect(await world.deps.store.head(head.assetId)).toMatchObject({ name: 'a.txt', revision: 2, versionCount: 1 });
});

test('a folder that somebody else gives the same name meanwhile is missing under its old one', async () => {
  await world.upload('/nine/old/a.txt', 'bytes');
  const input = { folder: '/nine/old', newName: 'new' };
  const id = await world.folderId('/nine/old');
  const { store } = world.deps;
  let isDone = false;
  const folderNode: WorldDeps['store']['folderNode'] = async (folderId) => {
    if (folderId === id && !isDone) {
      isDone = true;
      await renameFolder(world.deps, OWNER, input);
    }
    return store.folderNode(folderId);
  };

  const refusal = await refusalOf(renameFolder({ ...world.deps, store: { ...store, folderNode } }, OWNER, input));

  expect(refusal).toMatchObject({ code: 'folder.missing' });
  expect(await world.folderId('/nine/new')).toBe(id);
});

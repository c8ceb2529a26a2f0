import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { moveFile, renameFile } from '../../../../lambda/core/library/files/move-file.ts';
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

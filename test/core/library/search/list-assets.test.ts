import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { listAssets } from '../../../../lambda/core/library/search/list-assets.ts';
import { trashFile } from '../../../../lambda/core/library/trash/trash-file.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
  for (const [name, text] of [
    ['c.txt', '1'],
    ['a.txt', '333'],
    ['b.txt', '22'],
  ] as const) {
    await world.upload(`/list/${name}`, text);
  }
});
afterAll(() => world.close());

const list = (changes: object = {}) =>
  listAssets(world.deps, OWNER, {
    path: '/list',
    type: 'file',
    order: { by: 'createdAt', descending: false },
    limit: 100,
    skip: 0,
    ...changes,
  });
const names = ({ assets }: Awaited<ReturnType<typeof listAssets>>) =>
  assets.map((asset) => (asset.kind === 'folder' ? asset.path : asset.file.head.name));

describe('the files of a folder', () => {
  it.each([
    ['createdAt', false, ['c.txt', 'a.txt', 'b.txt']],
    ['name', true, ['c.txt', 'b.txt', 'a.txt']],
    ['size', true, ['a.txt', 'b.txt', 'c.txt']],
  ])('come in the order of %s, descending %s', async (by, descending, expected) => {
    expect(names(await list({ order: { by, descending } }))).toEqual(expected);
  });

  it('are none where the path is longer than any, in whatever script', async () => {
    expect(names(await list({ path: `/${'€'.repeat(899)}` }))).toEqual([]);
  });

  it('come in parts by count', async () => {
    expect(names(await list({ skip: 1, limit: 1 }))).toEqual(['a.txt']);
  });

  it('come in parts by place, which files that go and come do not shift', async () => {
    const order = { by: 'name', descending: false } as const;
    const extra = await world.upload('/list/a-first.txt', 'x');
    const first = await list({ order, limit: 2 });
    await trashFile(world.deps, OWNER, { fileId: extra.head.assetId });
    await world.upload('/list/0-before.txt', 'x');

    const second = await list({ order, after: first.next });

    expect([names(first), names(second)]).toEqual([
      ['a-first.txt', 'a.txt'],
      ['b.txt', 'c.txt'],
    ]);
    expect(second.next).toBeUndefined();
  });

  it('are not there for a key that may not see the folder', async () => {
    const blind = { kind: 'restricted-key', id: 'blind', grants: [] } as const;
    const input = { type: 'file', order: { by: 'name', descending: false }, limit: 9, skip: 0 } as const;

    expect((await listAssets(world.deps, blind, { ...input, path: '/list' })).assets).toEqual([]);
    expect((await listAssets(world.deps, blind, input)).assets).toEqual([]);
  });
});

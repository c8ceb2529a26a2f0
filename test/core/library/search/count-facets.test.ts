import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import type { Caller } from '../../../../lambda/core/kernel/caller.ts';
import { countFacets } from '../../../../lambda/core/library/search/count-facets.ts';
import { isOneOf } from '../../../../lambda/core/library/search/is-one-of.ts';
import { suggestValues } from '../../../../lambda/core/library/search/suggest-values.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';

let world: LibraryWorld;
let bound: Caller;

beforeAll(async () => {
  world = await startLibraryWorld();
  await world.upload('/shop/Summer coat.txt', 'x', { tags: ['Sale', 'new'] });
  await world.upload('/shop/summer hat.txt', 'x', { tags: ['Sale'] });
  await world.upload('/secret/sunset.css', 'x', { tags: ['salary'] });
  const folderId = (await world.folderId('/shop')) as string;
  bound = { kind: 'restricted-key', id: 'bound', grants: [{ permissions: ['files.read'], folderIds: [folderId] }] };
});
afterAll(() => world.close());

const files = isOneOf('type', ['file']);

describe('facets', () => {
  it('count types, formats, tags and folders, the most frequent first', async () => {
    expect(await countFacets(world.deps, OWNER, { query: files, limit: 2 })).toEqual({
      total: 3,
      types: [{ value: 'file', count: 3 }],
      formats: [
        { value: 'txt', count: 2 },
        { value: 'css', count: 1 },
      ],
      tags: [
        { value: 'Sale', count: 2 },
        { value: 'new', count: 1 },
      ],
      folders: [
        { value: '/shop', count: 2 },
        { value: '/secret', count: 1 },
      ],
    });
  });

  it('are of one folder, where it is named', async () => {
    expect((await countFacets(world.deps, OWNER, { query: files, path: '/secret', limit: 9 })).total).toBe(1);
  });

  it('tell nothing of what a caller may not see', async () => {
    const { total, tags, folders } = await countFacets(world.deps, bound, { query: files, limit: 9 });

    expect([total, tags.map(({ value }) => value), folders.map(({ value }) => value)]).toEqual([
      2,
      ['Sale', 'new'],
      ['/shop'],
    ]);
  });
});

describe('suggestions', () => {
  it('are values that begin so, in any case, by how often they are there', async () => {
    expect(await suggestValues(world.deps, OWNER, { field: 'tags', prefix: 'sal', limit: 9 })).toEqual([
      { value: 'Sale', count: 2 },
      { value: 'salary', count: 1 },
    ]);
    expect(await suggestValues(world.deps, OWNER, { field: 'name', prefix: 'SU', limit: 1 })).toEqual([
      { value: 'summer', count: 2 },
    ]);
  });

  it('tell nothing of what a caller may not see', async () => {
    expect(await suggestValues(world.deps, bound, { field: 'tags', prefix: 'sal', limit: 9 })).toEqual([
      { value: 'Sale', count: 2 },
    ]);
    expect(await suggestValues(world.deps, bound, { field: 'name', prefix: 'sun', limit: 9 })).toEqual([]);
  });
});

import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchIndex } from '../../../../lambda/adapters/library-table/search-index.ts';
import { tableRequests } from '../../../../lambda/adapters/library-table/table-requests.ts';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import type { Caller } from '../../../../lambda/core/kernel/caller.ts';
import { findDocuments } from '../../../../lambda/core/library/search/find-documents.ts';
import { formatQuery } from '../../../../lambda/core/library/search/format-query.ts';
import { matchesQuery } from '../../../../lambda/core/library/search/matches-query.ts';
import { parseQuery } from '../../../../lambda/core/library/search/parse-query.ts';
import { searchedTypes } from '../../../../lambda/core/library/search/plan-access.ts';
import type { SearchQuery } from '../../../../lambda/core/library/search/query.ts';
import { resolveTimes } from '../../../../lambda/core/library/search/resolve-times.ts';
import { searchAssets } from '../../../../lambda/core/library/search/search-assets.ts';
import type { LibraryFixture } from '../../../adapters/library-fixture.ts';
import { startLibraryFixture } from '../../../adapters/library-fixture.ts';
import { libraryDeps } from '../library-world.ts';
import { findTestField, someQuery } from './arbitrary-query.ts';
import type { RandomLibrary } from './random-library.ts';
import { writeRandomLibrary } from './random-library.ts';

const NOW = Date.UTC(2026, 10, 28);
const SHOP = '0000000000000000000f0001';

let fixture: LibraryFixture;
let library: RandomLibrary;
let deps: ReturnType<typeof libraryDeps>;

beforeAll(async () => {
  fixture = await startLibraryFixture();
  const client = DynamoDBDocumentClient.from(fixture.client, { marshallOptions: { removeUndefinedValues: true } });
  const table = tableRequests(client, fixture.table);
  library = await writeRandomLibrary(table, searchIndex(client, fixture.table), 300, 7);
  deps = { ...libraryDeps(fixture), clock: () => NOW };
});
afterAll(() => fixture.close());

const order = { by: 'name', descending: false } as const;

async function search(query: SearchQuery, changes: object = {}): Promise<string[]> {
  const { assets } = await searchAssets(deps, OWNER, { query, order, limit: 1000, skip: 0, ...changes });
  return assets.map((asset) => (asset.kind === 'folder' ? asset.node.folderId : asset.file.head.assetId));
}

async function found(query: SearchQuery, caller: Caller = OWNER): Promise<string[]> {
  const assets = await findDocuments(deps, caller, resolveTimes(query, NOW));
  return assets.map(({ document }) => document.id).sort();
}

/** Every document is looked at. */
function bruteForce(query: SearchQuery, isSeen: (path: string) => boolean = () => true): string[] {
  const types = searchedTypes(query);
  const resolved = resolveTimes(query, NOW);
  return library.documents
    .filter(
      ({ type, folderPath, name }) =>
        types.has(type) && isSeen(type === 'folder' ? `${folderPath === '/' ? '' : folderPath}/${name}` : folderPath),
    )
    .filter((document) => matchesQuery(resolved, document))
    .map(({ id }) => id)
    .sort();
}

describe('a search', () => {
  it('finds what a look at every asset finds, for any query', async () => {
    await fc.assert(
      fc.asyncProperty(someQuery, async (query) => {
        expect(await found(query), formatQuery(query)).toEqual(bruteForce(query));
      }),
      { numRuns: 200 },
    );
  });

  it('finds nothing outside of the folders that a caller is bound to, whatever is asked', async () => {
    const bound: Caller = {
      ...{ kind: 'restricted-key', id: 'bound' },
      grants: [{ permissions: ['files.read'], folderIds: [SHOP] }],
    };
    await fc.assert(
      fc.asyncProperty(someQuery, async (query) => {
        const expected = bruteForce(query, (path) => path === '/shop' || path.startsWith('/shop/'));
        expect(await found(query, bound), formatQuery(query)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('comes in parts that together are the whole, by count and by place', async () => {
    const query = parseQuery('size >= 0 AND published = true', findTestField);
    const whole = await search(query);
    const byCount = [...(await search(query, { limit: 50 })), ...(await search(query, { skip: 50 }))];
    const byPlace: string[] = [];
    let after: object | undefined;
    do {
      const part = await searchAssets(deps, OWNER, {
        query,
        order,
        limit: 17,
        skip: 0,
        ...(after && { after: after as never }),
      });
      byPlace.push(...part.assets.map((asset) => (asset.kind === 'file' ? asset.file.head.assetId : '')));
      after = part.next;
    } while (after);

    expect(whole.length).toBeGreaterThan(50);
    expect([byCount, byPlace]).toEqual([whole, whole]);
  });

  it('puts what fits best first', async () => {
    const query = parseQuery('name HAS "blue coat"', findTestField);
    const { assets } = await searchAssets(deps, OWNER, {
      ...{ query, limit: 1000, skip: 0 },
      order: { by: 'relevance', descending: true },
    });
    const isWhole = assets.map((asset) => asset.kind === 'file' && /\bcoat\b/i.test(asset.file.head.name));

    expect(isWhole).toContain(false);
    expect(isWhole).toEqual(isWhole.toSorted((one, other) => Number(other) - Number(one)));
  });
});

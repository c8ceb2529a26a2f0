import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { searchIndex } from '../lambda/adapters/library-table/search-index.ts';
import { tableRequests } from '../lambda/adapters/library-table/table-requests.ts';
import { OWNER } from '../lambda/core/accounts/owner.ts';
import { findDocuments } from '../lambda/core/library/search/find-documents.ts';
import { formatQuery } from '../lambda/core/library/search/format-query.ts';
import { matchesQuery } from '../lambda/core/library/search/matches-query.ts';
import { planAccess, searchedTypes } from '../lambda/core/library/search/plan-access.ts';
import type { SearchQuery } from '../lambda/core/library/search/query.ts';
import { resolveTimes } from '../lambda/core/library/search/resolve-times.ts';
import { startLibraryFixture } from '../test/adapters/library-fixture.ts';
import { libraryDeps } from '../test/core/library/library-world.ts';
import { someQuery } from '../test/core/library/search/arbitrary-query.ts';
import type { RandomLibrary } from '../test/core/library/search/random-library.ts';
import { writeRandomLibrary } from '../test/core/library/search/random-library.ts';
import { checkProperty } from './check-property.ts';
import { rememberDocuments, rememberReads } from './library/remembered-reads.ts';
import type { Proof } from './proof.ts';

const NOW = Date.UTC(2026, 10, 28);

/** The oracle looks at every asset; the search takes whichever way it plans. */
export const SEARCH_AGREES: Proof<{ assets: number; queries: number }> = {
  name: 'search-agrees',
  sentence:
    'A search finds what a look at every asset finds, for any query of the language, by whichever way it is planned.',
  small: { assets: 200, queries: 150 },
  full: { assets: 10_000, queries: 50_000 },
  async run({ assets, queries }, seed, report) {
    const fixture = await startLibraryFixture();
    try {
      const client = DynamoDBDocumentClient.from(fixture.client, { marshallOptions: { removeUndefinedValues: true } });
      const index = searchIndex(client, fixture.table);
      const library = await writeRandomLibrary(tableRequests(client, fixture.table), index, assets, seed);
      // Nothing writes from here on. Two in three queries read the whole library, which takes the server ten times as long as the search.
      rememberReads(fixture.client);
      const world = libraryDeps(fixture);
      const deps = { ...world, index: rememberDocuments(world.index), clock: () => NOW };
      const counts = { queries: 0, 'by id, folder or term': 0, 'that found something': 0 };
      const property = fc.asyncProperty(someQuery, async (query) => {
        const resolved = resolveTimes(query, NOW);
        const found = (await findDocuments(deps, OWNER, resolved)).map(({ document }) => document.id).sort();
        expect(found, formatQuery(query)).toEqual(bruteForce(library, resolved));
        counts.queries++;
        if (planAccess(resolved).kind !== 'everything') counts['by id, folder or term']++;
        if (found.length > 0) counts['that found something']++;
        if (counts.queries % 1000 === 0) report(`${counts.queries} of ${queries} queries`);
      });
      await checkProperty(SEARCH_AGREES.sentence, property, { runs: queries, seed });
      expect(counts['by id, folder or term'], 'queries that an index serves').toBeGreaterThan(queries / 50);
      expect(counts['that found something'], 'queries that found something').toBeGreaterThan(queries / 10);
      return { assets, ...counts };
    } finally {
      await fixture.close();
    }
  },
};

function bruteForce({ documents }: RandomLibrary, query: SearchQuery): string[] {
  const types = searchedTypes(query);
  return documents
    .filter((document) => types.has(document.type) && matchesQuery(query, document))
    .map(({ id }) => id)
    .sort();
}

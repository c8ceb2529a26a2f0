import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { toItem } from '../lambda/adapters/library-table/record-items.ts';
import { searchIndex } from '../lambda/adapters/library-table/search-index.ts';
import { tableRequests } from '../lambda/adapters/library-table/table-requests.ts';
import { LIMITS } from '../lambda/contract/limits.ts';
import { OWNER } from '../lambda/core/accounts/owner.ts';
import type { Problem } from '../lambda/core/kernel/problems.ts';
import { termsOf } from '../lambda/core/library/search/index-terms.ts';
import { parseQuery } from '../lambda/core/library/search/parse-query.ts';
import { searchAssets } from '../lambda/core/library/search/search-assets.ts';
import { fileDocument } from '../lambda/core/library/search/search-document.ts';
import { searchFields } from '../lambda/core/library/search/search-fields.ts';
import type { FileHead } from '../lambda/core/library/store/records.ts';
import { ROOT_FOLDER } from '../lambda/core/library/store/records.ts';
import { startLibraryFixture } from '../test/adapters/library-fixture.ts';
import { countEveryClient, spendingOf } from '../test/api/capacity/spending.ts';
import { libraryDeps } from '../test/core/library/library-world.ts';
import type { Proof } from './proof.ts';

/** Files written at the same time. */
const AT_ONCE = 8;
const BATCH = 25;

/** Files with one tag, in a library of any size. */
const GROUP = 10;

/** Read units that a query may cost more in a library that is ten times as large. */
const GROWTH = 1;

/** Each means at most one group. */
const SELECTIVE = [
  'tags IN ["group-1"]',
  'name = "photo 17 harbour.jpg"',
  'description HAS "n17 end"',
  `checksum = "${'17'.padStart(64, '0')}"`,
  `id = "${'11'.padStart(24, '0')}"`,
  'tags IN ["group-1"] AND size > 0 AND createdAt > "2020-01-01"',
  'tags IN ["group-1", "group-2"]',
];

/** What no index serves. */
const BROAD = 'size < 0';

/** Files written straight into the table and its index, ten times as many in every step. */
export const SEARCH_UNITS: Proof<{ assets: number }> = {
  name: 'search-units',
  sentence:
    'A query that an index serves costs as many read units in a library that is ten times as large, and one that none serves a tenth of a unit a file, or is refused where there are too many.',
  small: { assets: 2000 },
  full: { assets: 1_000_000 },
  async run({ assets }, _seed, report) {
    const fixture = await startLibraryFixture();
    const stopCounting = countEveryClient();
    try {
      const client = DynamoDBDocumentClient.from(fixture.client, { marshallOptions: { removeUndefinedValues: true } });
      const table = tableRequests(client, fixture.table);
      const index = searchIndex(client, fixture.table);
      const deps = libraryDeps(fixture);
      const counts: Record<string, number> = {};
      let before: readonly number[] | undefined;
      let written = 0;
      for (const size of stepsTo(assets)) {
        await writeFiles(table, index, written, size);
        written = size;
        const units: number[] = [];
        for (const query of SELECTIVE) units.push(await unitsOf(deps, query));
        report(`${size} files: ${units.join(', ')} units`);
        for (const [place, now] of units.entries()) {
          expect(now, `${SELECTIVE[place]} in ${size} files`).toBeLessThanOrEqual((before?.[place] ?? 50) + GROWTH);
        }
        before = units;
        counts[`units of the dearest selective query in ${size} files`] = Math.max(...units);
        counts[`units of a query over all of ${size} files`] = await unitsOfBroad(deps, size);
      }
      return { files: assets, ...counts };
    } finally {
      stopCounting();
      await fixture.close();
    }
  },
};

/** From a thousandth, where that is a library at all. */
const stepsTo = (assets: number): number[] =>
  [1000, 100, 10, 1].map((part) => assets / part).filter((size) => size >= 30);

type Deps = ReturnType<typeof libraryDeps>;

async function unitsOf(deps: Deps, text: string, finds = true): Promise<number> {
  const query = parseQuery(text, searchFields([]));
  const order = { by: 'name', descending: false } as const;
  const { reads } = await spendingOf(async () => {
    const { assets } = await searchAssets(deps, OWNER, { query, order, limit: 100, skip: 0 });
    expect(assets.length > 0, text).toBe(finds);
  });
  return reads;
}

/** @returns 0 for one that is refused */
async function unitsOfBroad(deps: Deps, size: number): Promise<number> {
  if (size > LIMITS.searchedAssets) {
    await expect(unitsOf(deps, BROAD, false)).rejects.toMatchObject({
      code: 'search.limit',
    } satisfies Partial<Problem>);
    return 0;
  }
  const units = await unitsOf(deps, BROAD, false);
  // The document is a tenth of what a unit reads; each shard's last page and the tree's stamp are on top.
  expect(units, `${BROAD} in ${size} files`).toBeLessThanOrEqual(size / 10 + 20);
  return units;
}

async function writeFiles(
  table: ReturnType<typeof tableRequests>,
  index: ReturnType<typeof searchIndex>,
  from: number,
  to: number,
): Promise<void> {
  let next = from;
  const worker = async () => {
    for (let start = next; start < to; start = next) {
      next = Math.min(start + BATCH, to);
      const heads = Array.from({ length: next - start }, (_, place) => headOf(start + place));
      await table.putAll(heads.map((head) => toItem('head', head)));
      await Promise.all(heads.map((head) => index.addTerms(head.assetId, termsOf(fileDocument(head)))));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function headOf(number: number): FileHead {
  const assetId = number.toString(16).padStart(24, '0');
  const at = new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString();
  return {
    ...{ assetId, versionId: assetId, objectKey: `media/${assetId}`, revision: 1, state: 'live' },
    ...{ folderId: ROOT_FOLDER, name: `photo ${number} harbour.jpg`, description: `n${number} end` },
    ...{ versionNumber: 1, lastNumber: 1, versionCount: 1, histories: [{ id: assetId, offset: 0 }] },
    ...{ contentType: 'image/jpeg', fileType: 'image', width: 800, height: 600, size: 1000 + number },
    tags: [`group-${Math.floor(number / GROUP)}`],
    summary: { sha256: String(number).padStart(64, '0') },
    ...{ isPrivate: false, isPublished: true },
    ...{ createdAt: at, createdBy: `uploader-${number % 7}`, updatedAt: at, updatedBy: 'x' },
  };
}

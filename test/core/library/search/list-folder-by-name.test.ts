import type { QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { libraryStore } from '../../../../lambda/adapters/library-table/library-store.ts';
import { toItem } from '../../../../lambda/adapters/library-table/record-items.ts';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import type { ListAssetsInput } from '../../../../lambda/core/library/search/list-assets.ts';
import { listAssets } from '../../../../lambda/core/library/search/list-assets.ts';
import type { FileEntry } from '../../../../lambda/core/library/store/records.ts';
import { trashFile } from '../../../../lambda/core/library/trash/trash-file.ts';
import { TEST_CREDENTIALS, TEST_REGION } from '../../../adapters/library-fixture.ts';
import { OWNER } from '../../kernel/callers.ts';
import type { LibraryWorld, WorldDeps } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

/** Files of the large folder. */
const FILES = 12_000;

/** Files of one part of the list. */
const PART = 1000;

/** Writes to the table under way at the same time. */
const WRITERS = 8;

let world: LibraryWorld;
let client: DynamoDBClient;
let deps: WorldDeps;
const read = { units: 0 };

beforeAll(async () => {
  world = await startLibraryWorld();
  client = new DynamoDBClient({ endpoint: world.endpoint, region: TEST_REGION, credentials: TEST_CREDENTIALS });
  countReads(client);
  const store = libraryStore({
    client: DynamoDBDocumentClient.from(client),
    table: 'library',
    commit: async () => ({ kind: 'committed' }),
  });
  deps = { ...world.deps, store };
  const { head } = await world.upload('/large/000000.txt', 'text');
  const { folderId, objectKey, contentType } = head;
  const entry = await world.deps.store.fileEntry(folderId, head.name);
  if (!entry) throw new Error(`There is no entry of ${objectKey}, ${contentType}.`);
  await addMany(head, entry);
}, 120_000);

afterAll(async () => {
  client.destroy();
  await world.close();
});

/** Files with the first one's details and a name and an id of their own. */
async function addMany(head: Parameters<typeof toItem<'head'>>[1], entry: FileEntry): Promise<void> {
  const table = DynamoDBDocumentClient.from(client);
  let next = 1;
  const worker = async (): Promise<void> => {
    for (let first = next; first < FILES; first = next) {
      next += 12;
      const numbers = Array.from({ length: Math.min(12, FILES - first) }, (_, index) => first + index);
      const items = numbers.flatMap((number) => {
        const own = { name: numbered(number), assetId: number.toString(16).padStart(24, '0'), size: number };
        return [toItem('fileEntry', { ...entry, ...own }), toItem('head', { ...head, ...own })];
      });
      const puts = items.map((Item) => ({ PutRequest: { Item: { ...Item } } }));
      await table.send(new BatchWriteCommand({ RequestItems: { library: puts } }));
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, worker));
}

function countReads({ middlewareStack }: DynamoDBClient): void {
  middlewareStack.add(
    (next, { commandName }) =>
      async (call) => {
        if (commandName !== 'QueryCommand') return next(call);
        const answer = await next({ ...call, input: { ...call.input, ReturnConsumedCapacity: 'TOTAL' } as never });
        read.units += (answer.output as QueryCommandOutput).ConsumedCapacity?.CapacityUnits ?? Number.NaN;
        return answer;
      },
    { step: 'initialize' },
  );
}

const list = (changes: Partial<ListAssetsInput> = {}) =>
  listAssets(deps, OWNER, {
    ...{ path: '/large', type: 'file', order: { by: 'name', descending: false }, limit: 100, skip: 0 },
    ...changes,
  });

const names = ({ assets }: Awaited<ReturnType<typeof list>>): string[] =>
  assets.map((asset) => (asset.kind === 'folder' ? asset.path : asset.file.head.name));

const numbered = (number: number): string => `${String(number).padStart(6, '0')}.txt`;

/** Read units of the folder's names. */
async function unitsOf(work: () => Promise<unknown>): Promise<number> {
  read.units = 0;
  await work();
  return read.units;
}

describe('a large folder by name', () => {
  it.each([false, true])(
    'has each file once by cursors, descending %s, while others write',
    async (descending) => {
      const order = { by: 'name', descending } as const;
      const seen: string[] = [];
      const gone = await world.upload(`/large/000777-${descending}.txt`, 'goes');
      let part = await list({ order, limit: PART });
      for (;;) {
        seen.push(...names(part));
        if (!part.next) break;
        await world.upload(`/large/${descending ? '9' : '0'}-before-${seen.length}.txt`, 'comes');
        if (seen.length === PART && descending) await trashFile(world.deps, OWNER, { fileId: gone.head.assetId });
        part = await list({ order, limit: PART, after: part.next });
      }

      const original = seen.filter((name) => /^\d{6}\.txt$/.test(name));
      const expected = Array.from({ length: FILES }, (_, number) => numbered(number));
      expect(original).toEqual(descending ? expected.toReversed() : expected);
      expect(new Set(seen).size).toBe(seen.length);
    },
    120_000,
  );

  it('reads of it what it shows, from the beginning, in the middle, and after a skip', async () => {
    const all = await unitsOf(() => list({ limit: FILES }));
    const first = await list({ limit: 20 });

    expect(await unitsOf(() => list({ limit: 20 }))).toBeLessThan(all / 10);
    expect(await unitsOf(() => list({ limit: 20, after: first.next }))).toBeLessThan(all / 10);
    expect(await unitsOf(() => list({ limit: 20, order: { by: 'name', descending: true } }))).toBeLessThan(all / 10);
    const skipped = await unitsOf(() => list({ limit: 20, skip: 5000 }));
    expect(skipped).toBeGreaterThan(all / 3);
    expect(skipped).toBeLessThan(all / 2);
    expect(await unitsOf(() => list({ name: numbered(700) }))).toBe(0);
  });

  it('is found by one name, and filtered by the type of its files', async () => {
    expect(names(await list({ name: numbered(700) }))).toEqual([numbered(700)]);
    expect(names(await list({ name: 'none.txt' }))).toEqual([]);
    expect(names(await list({ fileType: 'image' }))).toEqual([]);
    expect(names(await list({ fileType: 'non-image', skip: 1, limit: 1 }))).toHaveLength(1);
  });
});

it('leaves the few folders of a library to be listed from themselves, not from an index that lags', async () => {
  const folderNames = () => {
    throw new Error('The index was read.');
  };
  const own = { ...deps, index: { ...deps.index, folderNames } };
  const order = { by: 'name', descending: false } as const;

  expect(names(await listAssets(own, OWNER, { type: 'folder', order, limit: 10, skip: 0 }))).toContain('/large');
});

describe('folders and files by name', () => {
  beforeAll(async () => {
    for (const path of ['/mixed/b.txt', '/mixed/a.txt', '/mixed/y/1.txt', '/mixed/x/1.txt'])
      await world.upload(path, 'x');
  });

  it('come together, folders first, in parts by count', async () => {
    const mixed = { path: '/mixed', type: 'all' } as const;

    expect(names(await list(mixed))).toEqual(['/mixed/x', '/mixed/y', 'a.txt', 'b.txt']);
    expect(names(await list({ ...mixed, skip: 1, limit: 2 }))).toEqual(['/mixed/y', 'a.txt']);
    expect(names(await list({ ...mixed, order: { by: 'name', descending: true } }))).toEqual([
      ...['/mixed/y', '/mixed/x', 'b.txt', 'a.txt'],
    ]);
  });

  it('come one after the other by cursors', async () => {
    const folders = { path: '/mixed', type: 'folder', limit: 1 } as const;
    const first = await list(folders);
    const second = await list({ ...folders, after: first.next });

    expect([names(first), names(second), second.next]).toEqual([['/mixed/x'], ['/mixed/y'], undefined]);
  });
});

it('refuses another order for more files than are sorted, and says which one there is', async () => {
  const entry = await world.deps.store.fileEntry((await world.folderId('/large')) ?? '', numbered(0));
  const many = Array.from({ length: 1000 }, () => entry as FileEntry);
  let pages = 0;
  const files = async () => {
    pages++;
    return { records: many, next: 'more' };
  };
  const large = { ...deps, store: { ...deps.store, files } };
  const input = { path: '/large', type: 'file', order: { by: 'size', descending: false }, limit: 10, skip: 0 } as const;

  expect(await refusalOf(listAssets(large, OWNER, input))).toMatchObject({
    code: 'list.limit',
    message: expect.stringMatching(/200000 files.*sort=ASC_NAME/),
  });
  expect(pages).toBe(LIMITS.searchedAssets / many.length + 1);
});

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toItem } from '../../../../lambda/adapters/library-table/record-items.ts';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import type { Caller } from '../../../../lambda/core/kernel/caller.ts';
import { createFolder } from '../../../../lambda/core/library/folders/create-folder.ts';
import { renameFolder } from '../../../../lambda/core/library/folders/move-folder.ts';
import type { ListAssetsInput } from '../../../../lambda/core/library/search/list-assets.ts';
import { listAssets } from '../../../../lambda/core/library/search/list-assets.ts';
import { listFoldersByName } from '../../../../lambda/core/library/search/list-folders-by-name.ts';
import { trashFolder } from '../../../../lambda/core/library/trash/trash-folder.ts';
import { TEST_CREDENTIALS, TEST_REGION } from '../../../adapters/library-fixture.ts';
import { OWNER } from '../../kernel/callers.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

/** More than a list of the whole library is sorted from in memory, spread over the parents. */
const FOLDERS = LIMITS.listedAssets + 400;
const PARENTS = 20;
const WRITERS = 8;

/** Folders of one part of the list. */
const PART = 1000;

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
  await addFolders();
}, 300_000);
afterAll(() => world.close());

const nameOf = (number: number): string => `folder ${String(number).padStart(6, '0')}`;

async function addFolders(): Promise<void> {
  const parents: string[] = [];
  for (let parent = 0; parent < PARENTS; parent++) {
    parents.push((await createFolder(world.deps, OWNER, { parentPath: '/', name: `parent ${parent}` })).folderId);
  }
  const client = new DynamoDBClient({ endpoint: world.endpoint, region: TEST_REGION, credentials: TEST_CREDENTIALS });
  const table = DynamoDBDocumentClient.from(client);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let first = next; first < FOLDERS; first = next) {
      next += 12;
      const numbers = Array.from({ length: Math.min(12, FOLDERS - first) }, (_, index) => first + index);
      const puts = numbers.flatMap((number) => recordsOf(number, parents[number % PARENTS] as string));
      await table.send(new BatchWriteCommand({ RequestItems: { library: puts } }));
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, worker));
  client.destroy();
}

function recordsOf(number: number, parentId: string) {
  const at = '2026-11-28T00:00:00.000Z';
  const entry = { parentId, name: nameOf(number), folderId: number.toString(16).padStart(24, '0'), isPrivate: false };
  const node = { ...entry, revision: 1, state: 'live' as const, createdAt: at, updatedAt: at };
  return [toItem('folderEntry', entry), toItem('folderNode', node)].map((Item) => ({
    PutRequest: { Item: { ...Item } },
  }));
}

const boundTo = (folderId: string): Caller => ({
  ...{ kind: 'restricted-key', id: 'bound' },
  grants: [{ permissions: ['files.read'], folderIds: [folderId] }],
});

const list = (changes: Partial<ListAssetsInput> = {}) =>
  listAssets(world.deps, OWNER, {
    ...{ type: 'folder', order: { by: 'name', descending: false }, limit: PART, skip: 0, ...changes },
  });

const paths = ({ assets }: Awaited<ReturnType<typeof list>>): string[] =>
  assets.flatMap((asset) => (asset.kind === 'folder' ? [asset.path] : []));

describe('all folders of a library with more than are sorted in memory', () => {
  it.each([false, true])(
    'come by name, each once, descending %s, while others write',
    async (descending) => {
      const order = { by: 'name', descending } as const;
      const [gone, old] = [`a-gone ${descending}`, `old ${descending}`];
      for (const name of [gone, old]) await createFolder(world.deps, OWNER, { parentPath: '/parent 0', name });
      const seen: string[] = [];
      for (let part = await list({ order }); ; part = await list({ order, after: part.next })) {
        seen.push(...paths(part));
        if (!part.next) break;
        const name = descending ? `zz ${seen.length}` : `a ${seen.length}`;
        await createFolder(world.deps, OWNER, { parentPath: '/parent 1', name });
        if (seen.length === PART && descending) await trashFolder(world.deps, OWNER, `/parent 0/${gone}`);
        if (seen.length === PART)
          await renameFolder(world.deps, OWNER, { folder: `/parent 0/${old}`, newName: `${old}er` });
      }

      const original = seen.filter((path) => path.includes('/folder '));
      const expected = Array.from({ length: FOLDERS }, (_, number) => `/parent ${number % PARENTS}/${nameOf(number)}`);
      expect(original).toEqual(descending ? expected.toReversed() : expected);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.includes(`/parent 0/${gone}`)).toBe(!descending);
    },
    300_000,
  );

  it('come after so many that are skipped', async () => {
    const [first, second] = [await list({ limit: 20 }), await list({ limit: 10, skip: 10 })];

    expect(paths(second)).toEqual(paths(first).slice(10));
  });

  it('are refused in another order, and it is said which one there is', async () => {
    const refused = await refusalOf(list({ order: { by: 'createdAt', descending: false } }));

    expect(refused).toMatchObject({ code: 'list.limit', message: expect.stringContaining('sort=ASC_NAME') });
  });

  it('are only those that a caller may see', async () => {
    const { folderId } = await createFolder(world.deps, OWNER, { parentPath: '/', name: 'zzz own' });
    await createFolder(world.deps, OWNER, { parentPath: '/zzz own', name: 'zzz inner' });
    const part = { order: { descending: true }, limit: 10, skip: 0 };

    const { chosen, isMore } = await listFoldersByName(world.deps, boundTo(folderId), part);

    expect([chosen.map(({ path }) => path), isMore]).toEqual([['/zzz own', '/zzz own/zzz inner'], false]);
  });
});

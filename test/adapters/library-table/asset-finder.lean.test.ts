import { channel } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetFinder } from '../../../lambda/adapters/library-table/asset-finder.lean.ts';
import { cachedFolderKey } from '../../../lambda/adapters/library-table/record-keys.lean.ts';
import { OWNER } from '../../../lambda/core/accounts/owner.ts';
import type { AssetFinder } from '../../../lambda/core/delivery/asset-finder.ts';
import { moveFile } from '../../../lambda/core/library/files/move-file.ts';
import { findPathRecord } from '../../../lambda/core/library/files/path-record.ts';
import { updateFile } from '../../../lambda/core/library/files/update-file.ts';
import { moveFolder } from '../../../lambda/core/library/folders/move-folder.ts';
import { restrictFolder } from '../../../lambda/core/library/folders/restrict-folder.ts';
import { trashFolder } from '../../../lambda/core/library/trash/trash-folder.ts';
import type { LibraryWorld } from '../../core/library/library-world.ts';
import { startLibraryWorld } from '../../core/library/library-world.ts';
import { TEST_CREDENTIALS, TEST_REGION } from '../library-fixture.ts';

let world: LibraryWorld;
let finder: AssetFinder;

beforeAll(async () => {
  world = await startLibraryWorld();
  const environment = {
    AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: 'session',
    AWS_REGION: TEST_REGION,
    AWS_ENDPOINT_URL_DYNAMODB: world.endpoint,
  };
  finder = assetFinder(environment, 'library');
});
afterAll(() => world.close());

describe('the transformer', () => {
  it('reads the very record that the library wrote', async () => {
    const path = '/Ärger_&_Zoë/東京 B.JPG';
    const { head } = await world.upload(path, 'text', { customCoordinates: '1,2,3,4', width: 4, height: 3 });

    expect(await finder.find(path)).toEqual(await findPathRecord(world.deps.store, path));
    expect(await finder.find(path)).toMatchObject({ assetId: head.assetId, path, customCoordinates: '1,2,3,4' });
    expect(await finder.find(path.toLowerCase())).toBeUndefined();
  });

  it('remembers the folder of a path, for as long as no folder is moved', async () => {
    await world.upload('/kept/deep/a.txt', 'a');
    await finder.find('/kept/deep/a.txt');
    const { pk } = cachedFolderKey('/kept/deep');
    expect((await world.items()).map((item) => item.pk)).toContain(pk);

    await moveFolder(world.deps, OWNER, { source: '/kept', destination: '/elsewhere' });

    expect(await finder.find('/kept/deep/a.txt')).toBeUndefined();
    expect(await finder.find('/elsewhere/kept/deep/a.txt')).toBeDefined();
  });

  it('takes a file as private when a folder above it is', async () => {
    await world.upload('/closed/deep/a.txt', 'a');
    expect((await finder.find('/closed/deep/a.txt'))?.isPrivate).toBe(false);

    await restrictFolder(world.deps, OWNER, { folder: '/closed', isPrivate: true });

    expect((await finder.find('/closed/deep/a.txt'))?.isPrivate).toBe(true);
  });

  it('finds no draft, and nothing in the trash', async () => {
    const { head } = await world.upload('/gone/draft.txt', 'a');
    await updateFile(world.deps, OWNER, { fileId: head.assetId, update: { isPublished: false } });
    await world.upload('/gone/deep/a.txt', 'a');
    await finder.find('/gone/deep/a.txt');

    expect(await finder.find('/gone/draft.txt')).toBeUndefined();
    await trashFolder(world.deps, OWNER, '/gone');
    expect(await finder.find('/gone/deep/a.txt')).toBeUndefined();
  });

  it('finds every version, also those that came with another file', async () => {
    const target = await world.upload('/target/a.txt', 'target');
    const source = await world.upload('/source/a.txt', 'source');
    await moveFile(world.deps, OWNER, { source: { folderPath: '/source', name: 'a.txt' }, destination: '/target' });
    const fileId = target.head.assetId;

    expect((await finder.findVersion(fileId, fileId))?.objectKey).toBe(target.head.objectKey);
    expect((await finder.findVersion(fileId, source.head.assetId))?.objectKey).toBe(source.head.objectKey);
    expect(await finder.findVersion(fileId, 'f'.repeat(24))).toBeUndefined();
  });

  // A path whose folder nobody asked for yet: stamp and remembered folder, each level, stamp, entry, and one write that remembers it.
  // From then on, however deep: stamp, remembered folder and entry, together.
  it.each([
    [1, 3],
    [5, 7],
    [50, 52],
  ])(
    'reads a file %i folders deep with %i calls after one at first, and with one from then on',
    async (depth, more) => {
      const folder = Array.from({ length: depth }, (_, level) => `/units-${depth}-${level}`).join('');
      await world.upload(`${folder}/a.txt`, 'a');
      await world.upload(`${folder}/b.txt`, 'b');
      await forgetPaths();

      const walk = { BatchGetItem: 1, GetItem: more, PutItem: 1 };
      expect(await callsOf(() => finder.find(`${folder}/a.txt`))).toEqual(walk);
      expect(await callsOf(() => finder.find(`${folder}/a.txt`))).toEqual({ BatchGetItem: 1 });
      expect(await callsOf(() => finder.find(`${folder}/b.txt`))).toEqual({ BatchGetItem: 1 });
      // Each of them is one unit: a consistent read of at most 4 KB (AWS, "DynamoDB read and write operations").
      expect(await unitsOf(cachedFolderKey(folder))).toBe(1);
    },
  );

  it('finds several files with one call, and no file of a folder that another one has replaced', async () => {
    await world.upload('/swapped/a.txt', 'old');
    await world.upload('/other/b.txt', 'b');
    await Promise.all(['/swapped/a.txt', '/other/b.txt'].map(finder.find));
    const both = () => Promise.all(['/swapped/a.txt', '/other/b.txt'].map(finder.find));
    expect(await callsOf(both)).toEqual({ BatchGetItem: 1 });

    await moveFolder(world.deps, OWNER, { source: '/swapped', destination: '/other' });
    const { head } = await world.upload('/swapped/a.txt', 'new');

    expect(await finder.find('/swapped/a.txt')).toMatchObject({ assetId: head.assetId });
    expect(await finder.find('/nowhere/a.txt')).toBeUndefined();
  });
});

/** A folder moves elsewhere: what was remembered of paths holds no more. */
async function forgetPaths(): Promise<void> {
  const name = `moved-${Math.random().toString(36).slice(2)}`;
  await world.upload(`/${name}/a.txt`, 'a');
  await moveFolder(world.deps, OWNER, { source: `/${name}`, destination: '/forgotten' });
}

/** How often each operation of DynamoDB is called by some work. */
async function callsOf(work: () => Promise<unknown>): Promise<Readonly<Record<string, number>>> {
  const calls: Record<string, number> = {};
  const start = channel('http.client.request.start');
  const count = (message: unknown): void => {
    const target = String((message as { request: ClientRequest }).request.getHeader('x-amz-target') ?? '');
    const name = target.replace(/^.*\./, '');
    calls[name] = (calls[name] ?? 0) + 1;
  };
  start.subscribe(count);
  await work();
  start.unsubscribe(count);
  return calls;
}

/** What DynamoDB counts for one consistent read of an item. */
async function unitsOf(key: { readonly pk: string; readonly sk: string }): Promise<number | undefined> {
  const client = new DynamoDBClient({
    endpoint: world.endpoint,
    region: TEST_REGION,
    credentials: TEST_CREDENTIALS,
  });
  const read = { TableName: 'library', Key: key, ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' } as const;
  const { ConsumedCapacity } = await DynamoDBDocumentClient.from(client).send(new GetCommand(read));
  client.destroy();
  return ConsumedCapacity?.CapacityUnits;
}

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
});

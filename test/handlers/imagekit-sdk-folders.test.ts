import type ImageKit from '@imagekit/nodejs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LibraryClient } from './library-client.ts';
import { refusal, startLibraryClient } from './library-client.ts';

/* The official SDK, unchanged, on folders, jobs, the trash and lists, on real stores. */
let library: LibraryClient;
let imagekit: ImageKit;

beforeAll(async () => {
  library = await startLibraryClient();
  imagekit = library.imagekit;
});

afterAll(() => library?.close());

const upload: LibraryClient['upload'] = (...given) => library.upload(...given);
const names: LibraryClient['names'] = (...given) => library.names(...given);
const call: LibraryClient['call'] = (...given) => library.call(...given);

describe('a folder', () => {
  test('is made, once and again', async () => {
    const folder = { folderName: 'new folder', parentFolderPath: '/folders/' };

    expect(await imagekit.folders.create(folder)).toMatchObject({ folderPath: '/folders/new_folder' });
    expect(await imagekit.folders.create(folder)).toMatchObject({ folderPath: '/folders/new_folder' });
    expect(await refusal(imagekit.folders.create({ folderName: '..', parentFolderPath: '/' }))).toEqual([
      400,
      'INVALID_FOLDER_PATH',
    ]);
    expect(await imagekit.assets.list({ path: '/folders', type: 'folder' })).toMatchObject([{ name: 'new_folder' }]);
  });

  test('is copied with everything in it', async () => {
    await upload('/copy/in/a.txt', 'one');
    await upload('/copy/in/a.txt', 'two');
    await upload('/copy/in/deep/b.txt');
    const { jobId } = await imagekit.folders.copy({
      sourceFolderPath: '/copy/in',
      destinationPath: '/copy/out',
      includeVersions: true,
    });

    expect(await imagekit.folders.job.get(jobId)).toMatchObject({ type: 'COPY_FOLDER', status: 'Completed' });
    expect(await names('/copy/out/in')).toEqual(['a.txt']);
    expect(await names('/copy/out/in/deep')).toEqual(['b.txt']);
    const [copy] = await imagekit.assets.list({ path: '/copy/out/in', type: 'file' });
    expect(await imagekit.files.versions.list(copy?.fileId as string)).toHaveLength(2);
  });

  test('is moved and renamed at once; the job of a small one is done with the call', async () => {
    const fileId = await upload('/move/in/a.txt');
    const moved = await imagekit.folders.move({ sourceFolderPath: '/move/in/', destinationPath: '/move/out' });
    const renamed = await imagekit.folders.rename({ folderPath: '/move/out/in', newFolderName: 'other' });

    expect(await imagekit.files.get(fileId)).toMatchObject({ filePath: '/move/out/other/a.txt' });
    expect(await imagekit.folders.job.get(moved.jobId)).toMatchObject({ type: 'MOVE_FOLDER', status: 'Completed' });
    for (const { jobId } of [moved, renamed]) {
      expect(await imagekit.folders.job.get(jobId)).toMatchObject({ status: 'Completed' });
    }
    expect(await refusal(imagekit.folders.job.get('0'.repeat(24)))).toEqual([404, undefined]);
  });

  test('is renamed with purgeCache: its job has the id of a purge, and without it has none', async () => {
    await upload('/purged/in/a.txt');
    const rename = async (from: string, newFolderName: string, purgeCache: boolean) => {
      const { jobId } = await imagekit.folders.rename({ folderPath: `/purged/${from}`, newFolderName, purgeCache });
      return imagekit.folders.job.get(jobId);
    };
    const { purgeRequestId = '' } = await rename('in', 'other', true);
    const plain = await rename('other', 'third', false);

    expect(await imagekit.cache.invalidation.get(purgeRequestId)).toEqual({ status: 'Completed' });
    expect(plain.purgeRequestId).toBeUndefined();
    expect(await refusal(imagekit.cache.invalidation.get(plain.jobId as string))).toEqual([400, undefined]);
  });

  test('is refused where ImageKit refuses it, with its reason', async () => {
    await upload('/no/in/a.txt');
    const move = (sourceFolderPath: string, destinationPath: string) =>
      imagekit.folders.move({ sourceFolderPath, destinationPath });

    expect(await refusal(move('/no/where', '/x'))).toEqual([404, 'NO_FILES_FOLDER']);
    expect(await refusal(move('/', '/x'))).toEqual([400, 'SOURCE_IS_ROOT']);
    expect(await refusal(move('/no/in', '/no/in/deeper'))).toEqual([400, 'INVALID_DESTINATION_PATH']);
    expect(await refusal(move('/no/in', '/no'))).toEqual([400, 'SAME_SOURCE_AND_DESTINATION']);
    expect(await refusal(imagekit.folders.delete({ folderPath: '/no/where' }))).toEqual([404, 'FOLDER_NOT_FOUND']);
  });

  test('goes to the trash with everything in it, and comes back', async () => {
    const fileId = await upload('/trash/in/a.txt');
    await imagekit.folders.delete({ folderPath: '/trash/in' });
    expect(await refusal(imagekit.files.get(fileId))).toEqual([404, undefined]);

    const listed = (await (await call('GET', '/v1/trash')).json()) as { id: string; path: string; type: string }[];
    const found = listed.find(({ path }) => path === '/trash/in');
    const restored = await call('POST', `/v1/trash/${found?.id}/restore`, { body: {} });

    expect([restored.status, await restored.json()]).toEqual([200, { path: '/trash/in' }]);
    expect(await imagekit.files.get(fileId)).toMatchObject({ filePath: '/trash/in/a.txt' });
  });

  test('hides what is in it as long as it is private', async () => {
    const fileId = await upload('/hidden/a.txt');
    const restrict = (isPrivate: boolean) =>
      call('PATCH', '/v1/folder', { body: { folderPath: '/hidden', isPrivate } });

    expect((await restrict(true)).status).toBe(200);
    expect(await imagekit.files.get(fileId)).toMatchObject({ reachableBy: 'signed-url', isPrivateFile: false });
    await restrict(false);
    expect(await imagekit.files.get(fileId)).toMatchObject({ reachableBy: 'everyone' });
  });
});

describe('a list', () => {
  test('has files and folders of one folder, or of the whole library', async () => {
    await upload('/lists/z.txt');
    await upload('/lists/below/a.txt');

    const all = await imagekit.assets.list({ path: '/lists/', type: 'all' } as never);
    expect(all.map(({ type, name }) => [type, name])).toEqual([
      ['folder', 'below'],
      ['file', 'z.txt'],
    ]);
    const everywhere = await imagekit.assets.list();
    expect(everywhere).toEqual(
      expect.arrayContaining(
        ['/lists/z.txt', '/lists/below/a.txt'].map((filePath) => expect.objectContaining({ filePath })),
      ),
    );
    expect(await imagekit.assets.list({ path: '/lists', skip: 1, limit: 5 })).toEqual([]);
    expect(await imagekit.assets.list({ path: '/lists', fileType: 'image' })).toEqual([]);
    expect(await imagekit.assets.list({ path: '/nowhere' })).toEqual([]);
  });

  test('goes on by its cursor, which is good for this list alone', async () => {
    for (const name of ['a', 'b', 'c']) await upload(`/parts/${name}.txt`);
    const part = (query: string) => call('GET', `/v1/files?path=/parts&limit=2&${query}`);
    const first = await part('sort=ASC_NAME');
    const cursor = first.headers.get('x-next-cursor') as string;
    const second = await part(`sort=ASC_NAME&cursor=${cursor}`);
    const namesOf = async (answer: Response) => ((await answer.json()) as { name: string }[]).map(({ name }) => name);

    expect([await namesOf(first), await namesOf(second)]).toEqual([['a.txt', 'b.txt'], ['c.txt']]);
    expect(second.headers.has('x-next-cursor')).toBe(false);
    expect((await part(`sort=DESC_NAME&cursor=${cursor}`)).status).toBe(400);
  });

  test('refuses what is out of range, with the range', async () => {
    for (const [query, message] of [
      ['limit=1001', 'limit must be a whole number from 1 to 1000.'],
      ['skip=-1', 'skip must be a whole number from 0 to 100000.'],
      ['type=video', 'type must be one of file, file-version, folder, all.'],
    ]) {
      const answer = await call('GET', `/v1/files?${query}`);
      expect([answer.status, await answer.json()]).toMatchObject([400, { message }]);
    }
  });
});

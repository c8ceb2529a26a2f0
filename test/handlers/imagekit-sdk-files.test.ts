import type ImageKit from '@imagekit/nodejs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LibraryClient } from './library-client.ts';
import { refusal, startLibraryClient } from './library-client.ts';

/* The official SDK, unchanged, on files and versions, on real stores. */
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

describe('a file', () => {
  test('gives its details as ImageKit does', async () => {
    const fileId = await upload('/details/a.txt', 'hello');

    expect(await imagekit.files.get(fileId)).toMatchObject({
      fileId,
      type: 'file',
      name: 'a.txt',
      filePath: '/details/a.txt',
      tags: null,
      AITags: null,
      versionInfo: { id: fileId, name: 'Version 1' },
      isPrivateFile: false,
      isPublished: true,
      customCoordinates: null,
      url: expect.stringMatching(/\/details\/a\.txt\?updatedAt=\d+$/),
      fileType: 'non-image',
      mime: 'text/plain',
      size: 5,
      customMetadata: {},
      reachableBy: 'everyone',
    });
    expect(await refusal(imagekit.files.get('0'.repeat(24)))).toEqual([404, undefined]);
  });

  test('tells the type that its sender declared beside the one that was found', async () => {
    const file = new File(['%PDF-1.7 text'], 'd.pdf', { type: 'application/msword' });
    const uploaded = await imagekit.files.upload({
      file,
      fileName: 'd.pdf',
      folder: '/details',
      useUniqueFileName: false,
    });
    const plain = await imagekit.files.get(await upload('/details/e.txt'));

    const details = await imagekit.files.get(uploaded.fileId as string);

    expect(uploaded).toMatchObject({ declaredType: 'application/msword' });
    expect(details).toMatchObject({ mime: 'application/pdf', declaredType: 'application/msword' });
    expect(Object.keys(plain)).not.toContain('declaredType');
  });

  test('changes its details, and gives null back', async () => {
    const fileId = await upload('/details/b.txt');
    const changed = await imagekit.files.update(fileId, { tags: ['one', 'two'], description: 'A text' });
    const draft = await imagekit.files.update(fileId, { publish: { isPublished: false }, tags: null } as never);

    expect(changed).toMatchObject({ tags: ['one', 'two'], description: 'A text' });
    expect(draft).toMatchObject({ tags: null, description: 'A text', isPublished: false, reachableBy: 'nobody' });
  });

  test('changes under its entity tag only, and keeps everything under another one', async () => {
    const fileId = await upload('/details/c.txt');
    const details = `/v1/files/${fileId}/details`;
    const etag = (await call('GET', details)).headers.get('etag') as string;
    const change = (tag: string, ifMatch: string) =>
      call('PATCH', details, { body: { addTags: [tag] }, headers: { 'if-match': ifMatch } });

    const first = await change('first', etag);
    const second = await change('second', etag);

    expect([first.status, second.status]).toEqual([200, 412]);
    expect(first.headers.get('etag')).not.toBe(etag);
    expect(await second.json()).toMatchObject({ code: 'file.changed' });
    expect((await imagekit.files.get(fileId)).tags).toEqual(['first']);
    expect((await call('DELETE', `/v1/files/${fileId}`, { headers: { 'if-match': etag } })).status).toBe(412);
  });

  test('is copied, moved and renamed', async () => {
    const fileId = await upload('/places/d.txt');

    await imagekit.files.copy({ sourceFilePath: '/places/d.txt', destinationPath: '/places/copies/' });
    await imagekit.files.move({ sourceFilePath: 'places/d.txt', destinationPath: '/places/moved' });
    const renamed = await imagekit.files.rename({
      filePath: '/places/moved/d.txt',
      newFileName: 'e f.txt',
      purgeCache: true,
    });

    expect(await names('/places')).toEqual([]);
    expect(await names('/places/copies')).toEqual(['d.txt']);
    expect(await imagekit.files.get(fileId)).toMatchObject({ filePath: '/places/moved/e_f.txt' });
    expect(await imagekit.cache.invalidation.get(renamed.purgeRequestId as string)).toEqual({ status: 'Completed' });
  });

  test('is not copied, moved or renamed where ImageKit refuses it, with its reason', async () => {
    await upload('/refused/a.txt');
    await upload('/refused/b.txt');
    const { files } = imagekit;

    expect(await refusal(files.move({ sourceFilePath: '/refused/none.txt', destinationPath: '/x' }))).toEqual([
      404,
      'SOURCE_FILE_MISSING',
    ]);
    expect(await refusal(files.copy({ sourceFilePath: '/refused/a.txt', destinationPath: '/refused' }))).toEqual([
      400,
      'SAME_SOURCE_AND_DESTINATION',
    ]);
    expect(await refusal(files.copy({ sourceFilePath: '/refused/a.txt', destinationPath: '/../x' }))).toEqual([
      400,
      'INVALID_FOLDER_PATH',
    ]);
    expect(await refusal(files.rename({ filePath: '/refused/a.txt', newFileName: 'b.txt' }))).toEqual([
      409,
      'FILE_ALREADY_EXISTS',
    ]);
    expect(await refusal(files.rename({ filePath: '/refused/a.txt', newFileName: 'a.txt' }))).toEqual([
      400,
      'SAME_OLD_AND_NEW_NAME',
    ]);
    expect(await refusal(files.rename({ filePath: '/refused/none.txt', newFileName: 'a.txt' }))).toEqual([
      404,
      'FILE_MISSING',
    ]);
  });
});

describe('the versions of a file', () => {
  test('are listed, given, made the current one and deleted', async () => {
    const fileId = await upload('/versions/a.txt', 'one');
    await upload('/versions/a.txt', 'three');
    const { versions } = imagekit.files;

    const [current, older] = await versions.list(fileId);
    expect([current, older]).toMatchObject([
      { type: 'file', versionInfo: { name: 'Version 2' }, size: 5 },
      { type: 'file-version', versionInfo: { id: fileId, name: 'Version 1' }, size: 3 },
    ]);
    expect(older?.url).toContain(`ik-obj-version=${fileId}`);
    const second = current?.versionInfo?.id as string;
    expect(await versions.get(second, { fileId })).toMatchObject({ size: 5 });
    expect(await refusal(versions.delete(second, { fileId }))).toEqual([400, undefined]);
    expect(await versions.restore(fileId, { fileId })).toMatchObject({ versionInfo: { name: 'Version 1' }, size: 3 });
    await versions.delete(second, { fileId });
    expect(await versions.list(fileId)).toHaveLength(1);
  });
});

describe('several files', () => {
  test('get tags, lose them and are deleted together', async () => {
    const fileIds = [await upload('/bulk/a.txt'), await upload('/bulk/b.txt')];
    const { bulk } = imagekit.files;

    expect(await bulk.addTags({ fileIds, tags: ['x', 'y'] })).toEqual({ successfullyUpdatedFileIds: fileIds });
    await bulk.removeTags({ fileIds, tags: ['x'] });
    expect((await imagekit.files.get(fileIds[0] as string)).tags).toEqual(['y']);
    expect(await bulk.delete({ fileIds })).toEqual({ successfullyDeletedFileIds: fileIds });
    expect(await names('/bulk')).toEqual([]);
  });

  test('stay as they are when one of them is not there, which is named', async () => {
    const fileId = await upload('/bulk/c.txt');
    const missing = 'f'.repeat(24);
    const answer = await call('POST', '/v1/files/batch/deleteByFileIds', { body: { fileIds: [fileId, missing] } });

    expect([answer.status, await answer.json()]).toMatchObject([404, { missingFileIds: [missing] }]);
    expect(await names('/bulk')).toEqual(['c.txt']);
  });

  test('are answered 207 when some of them fail', async () => {
    const full = await upload('/bulk/full.txt');
    const free = await upload('/bulk/free.txt');
    await imagekit.files.update(full, { tags: ['x'.repeat(499)] });
    const answer = await call('POST', '/v1/files/addTags', { body: { fileIds: [full, free], tags: ['another'] } });

    expect([answer.status, await answer.json()]).toMatchObject([
      207,
      { successfullyUpdatedFileIds: [free], errors: [{ fileId: full, error: expect.stringContaining('500') }] },
    ]);
  });
});

describe('a deleted file', () => {
  test('is in the trash, and comes back with another name when its own is taken', async () => {
    const fileId = await upload('/gone/a.txt');
    await imagekit.files.delete(fileId);
    await upload('/gone/a.txt');

    const taken = await call('POST', `/v1/trash/${fileId}/restore`, { body: {} });
    expect([taken.status, ((await taken.json()) as { message: string }).message]).toEqual([
      409,
      expect.stringContaining('a_1.txt'),
    ]);
    const restored = await call('POST', `/v1/trash/${fileId}/restore`, { body: { name: 'a_1.txt' } });
    expect(await restored.json()).toEqual({ path: '/gone/a_1.txt' });
  });

  test('leaves no byte with purge=true', async () => {
    const fileId = await upload('/gone/bytes.txt', 'only here');
    await upload('/gone/bytes.txt', 'and here');
    const before = await library.cloud.buckets.keys('originals');
    const answer = await call('DELETE', `/v1/files/${fileId}?purge=true`);

    expect(answer.status).toBe(204);
    expect(before.filter((key) => key.includes('/gone/bytes.txt/'))).toHaveLength(2);
    expect((await library.cloud.buckets.keys('originals')).filter((key) => key.includes('/gone/bytes.txt/'))).toEqual(
      [],
    );
    expect((await call('POST', `/v1/trash/${fileId}/restore`, { body: {} })).status).toBe(404);
  });
});

test('SDKs that read JSON from every answer get an empty object', async () => {
  const fileId = await upload('/empty/a.txt');
  const answer = await call('DELETE', `/v1/files/${fileId}`, { headers: { 'x-stainless-lang': 'go' } });

  expect([answer.status, await answer.text()]).toEqual([200, '{}']);
});

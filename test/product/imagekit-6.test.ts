import { createRequire } from 'node:module';
import ImageKit6 from 'imagekit';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct } from './product.ts';

/*
 * The Node SDK of the major version before, unchanged, against the running product. It has the host of the API written in its
 * source; an interceptor of the HTTP client that it uses leads its calls here, as the documentation tells our users.
 */
interface Axios {
  readonly interceptors: { readonly request: { use(change: (request: { url: string }) => object): number } };
}

/** The SDK's own types say one file, and nothing, where it gives these. */
interface Version {
  readonly type: string;
  readonly versionInfo?: { readonly id: string };
}

const jobStatus = (answer: unknown): string => (answer as { readonly status: string }).status;

let product: Product;
let client: ImageKit6;
let picture: Buffer;

beforeAll(async () => {
  product = await startProduct();
  const axios: Axios = createRequire(createRequire(import.meta.url).resolve('imagekit'))('axios');
  axios.interceptors.request.use((request) => ({
    ...request,
    url: request.url.replace('https://api.imagekit.io', product.api),
  }));
  client = new ImageKit6({
    ...{ publicKey: product.publicKey, privateKey: product.privateKey, urlEndpoint: product.urlEndpoint },
    uploadEndpoint: `${product.api}/api/v1/files/upload`,
  });
  const teal = sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } });
  picture = await teal.png().toBuffer();
});

afterAll(() => product?.stop());

const upload = (fileName: string, folder = '/six') =>
  client.upload({ file: picture, fileName, folder, useUniqueFileName: false, tags: ['a'] });

it('files: upload, list, details, update, metadata, tags, rename, copy, move, delete', async () => {
  const { fileId, url, $ResponseMetadata } = await upload('a.png');
  const other = await upload('b.png');
  const base64 = await client.upload({ file: picture.toString('base64'), fileName: 'c.png', folder: '/six' });

  expect($ResponseMetadata.headers['x-ik-requestid']).toBeTruthy();
  expect(await client.listFiles({ path: '/six', limit: 2, skip: 0, sort: 'ASC_NAME' })).toMatchObject([
    { name: 'a.png', fileType: 'image', tags: ['a'] },
    { name: 'b.png' },
  ]);
  expect(await client.getFileDetails(fileId)).toMatchObject({ fileId, name: 'a.png', width: 60, customMetadata: {} });
  expect(await client.getFileMetadata(fileId)).toMatchObject({ width: 60, height: 40, format: 'png' });
  expect(await client.getFileMetadata(url)).toMatchObject({ width: 60 });
  const changed = { tags: ['x', 'y'], customCoordinates: '0,0,10,10' };
  expect(await client.updateFileDetails(fileId, changed)).toMatchObject(changed);
  const ids = [fileId, other.fileId];
  expect(await client.bulkAddTags(ids, ['z'])).toEqual({ successfullyUpdatedFileIds: ids });
  expect(await client.bulkRemoveTags(ids, ['z'])).toEqual({ successfullyUpdatedFileIds: ids });
  expect(await client.bulkRemoveAITags(ids, ['z'])).toEqual({ successfullyUpdatedFileIds: ids });

  expect(await client.renameFile({ filePath: '/six/a.png', newFileName: 'd.png', purgeCache: true })).toMatchObject({
    purgeRequestId: expect.any(String),
  });
  await client.createFolder({ folderName: 'target', parentFolderPath: '/' });
  expect(
    await client.copyFile({ sourceFilePath: '/six/d.png', destinationPath: '/target', includeFileVersions: false }),
  ).toEqual({});
  expect(await client.moveFile({ sourceFilePath: '/six/b.png', destinationPath: '/target' })).toEqual({});
  expect((await client.listFiles({ path: '/target', sort: 'ASC_NAME' })).map(({ name }) => name)).toEqual([
    'b.png',
    'd.png',
  ]);
  expect(await client.deleteFile(fileId)).toEqual({});
  expect(await client.bulkDeleteFiles([base64.fileId])).toEqual({ successfullyDeletedFileIds: [base64.fileId] });
});

it('versions: list, details, restore, delete', async () => {
  const first = await upload('v.png', '/versions');
  await upload('v.png', '/versions');
  const versions = (await client.getFileVersions(first.fileId)) as unknown as readonly Version[];
  const [current, old] = versions.map(({ versionInfo }) => versionInfo?.id ?? '');

  expect(versions.map(({ type }) => type)).toEqual(['file', 'file-version']);
  const place = { fileId: first.fileId, versionId: old ?? '' };
  expect(await client.getFileVersionDetails(place)).toMatchObject({ versionInfo: { id: old, name: 'Version 1' } });
  expect(await client.restoreFileVersion(place)).toMatchObject({ versionInfo: { id: old } });
  expect(await client.deleteFileVersion({ fileId: first.fileId, versionId: current ?? '' })).toEqual({});
});

it('folders: copy, move, the job, delete', async () => {
  await upload('f.png', '/folder');
  const copy = await client.copyFolder({ sourceFolderPath: '/folder', destinationPath: '/copies' });
  const job = () => client.getBulkJobStatus(copy.jobId);

  await expect.poll(async () => jobStatus(await job())).toBe('Completed');
  expect(await job()).toMatchObject({ jobId: copy.jobId, type: 'COPY_FOLDER' });
  const move = await client.moveFolder({ sourceFolderPath: '/copies/folder', destinationPath: '/moved' });
  await expect.poll(async () => jobStatus(await client.getBulkJobStatus(move.jobId))).toBe('Completed');
  expect(await client.listFiles({ path: '/moved/folder' })).toMatchObject([{ name: 'f.png' }]);
  expect(await client.deleteFolder('/moved')).toEqual({});
});

it('custom metadata fields and their values', async () => {
  const field = await client.createCustomMetadataField({
    ...{ name: 'stars', label: 'Stars', schema: { type: 'Number' as const, minValue: 1, maxValue: 5 } },
  });
  const { fileId } = await upload('m.png', '/fields');

  expect(await client.getCustomMetadataFields({ includeDeleted: false })).toMatchObject([{ id: field.id }]);
  expect(await client.updateCustomMetadataField(field.id, { label: 'Rating' })).toMatchObject({ label: 'Rating' });
  expect(await client.updateFileDetails(fileId, { customMetadata: { stars: 3 } })).toMatchObject({
    customMetadata: { stars: 3 },
  });
  await expect(client.updateFileDetails(fileId, { customMetadata: { stars: 9 } })).rejects.toMatchObject({
    message: expect.stringContaining('stars'),
  });
  expect(await client.deleteCustomMetadataField(field.id)).toEqual({});
});

it('purge and its state', async () => {
  const { url } = await upload('p.png', '/purge');
  const { requestId } = await client.purgeCache(url);

  expect((await client.getPurgeCacheStatus(requestId)).status).toMatch(/^(Pending|Completed)$/);
});

it('an error is the SDK’s own: message, help and the metadata of the answer', async () => {
  await expect(client.getFileDetails('000000000000000000000000')).rejects.toMatchObject({
    message: expect.any(String),
    help: expect.stringContaining('/docs'),
    $ResponseMetadata: { statusCode: 404 },
  });
});

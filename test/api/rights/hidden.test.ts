import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../../../lambda/core/accounts/permissions.ts';
import type { Deployment } from './deployment.ts';
import { startDeployment } from './deployment.ts';
import { fresh, newFile, newFolder, newTrashed, newVersions, uploadCall } from './places.ts';
import { keyOf } from './standing.ts';

/* AUTHZ-005. What a key that is bound to /own must not learn of what lies elsewhere. */
let deployment: Deployment;
let ownId: string;
/** May do everything in /own. */
let key: string;

beforeAll(async () => {
  deployment = await startDeployment();
  ownId = (await newFolder(deployment, '/', 'own')).folderId;
  key = await boundKey(PERMISSIONS);
});

afterAll(async () => {
  expect(deployment?.faults).toEqual([]);
  await deployment?.close();
});

const boundKey = async (permissions: readonly string[], folderIds = [ownId]) =>
  (await keyOf(deployment, { permissions, folderIds })).key;

const get = (path: string, by = key) => deployment.send({ method: 'GET', path }, by);
const post = (path: string, json: unknown, by = key) => deployment.send({ method: 'POST', path, json }, by);
const namesIn = ({ body }: { readonly body: unknown }) =>
  (body as readonly { readonly name: string }[]).map(({ name }) => name);

describe('a list', () => {
  it('has what lies in the folders of the key and nothing else, with whichever path', async () => {
    const inside = await newFile(deployment, '/own/list/deep');
    const outside = await newFile(deployment, '/own-b/list');

    for (const path of ['', '&path=/', '&path=/own-b', '&path=/own-b/list']) {
      const listed = await get(`/v1/files?type=all&limit=1000${path}`);
      expect([path, listed.status]).toEqual([path, 200]);
      expect(JSON.stringify(listed.body)).not.toMatch(/own-b/);
      expect(JSON.stringify(listed.body)).not.toContain(outside.fileId);
    }
    expect(namesIn(await get('/v1/files'))).toContain(inside.filePath.split('/').at(-1));
    expect(namesIn(await get('/v1/files?type=folder&path=/'))).toEqual(['own']);
  });

  it('of a folder that may not be seen is that of one that is not there', async () => {
    await newFile(deployment, '/secret');

    expect((await get('/v1/files?path=/secret')).body).toEqual((await get('/v1/files?path=/no-such')).body);
  });

  it('goes on only for the key that it was begun with', async () => {
    await newFile(deployment, '/own');
    await newFile(deployment, '/own');
    const other = await boundKey(PERMISSIONS);
    const { headers } = await get('/v1/files?limit=1');
    const cursor = encodeURIComponent(headers.get('x-next-cursor') ?? '');

    expect((await get(`/v1/files?limit=1&cursor=${cursor}`)).status).toBe(200);
    expect((await get(`/v1/files?limit=1&cursor=${cursor}`, other)).status).toBe(400);
  });
});

describe('the trash', () => {
  it('is seen by who may see files and the trash, in the folders in which they may', async () => {
    const [inside, outside] = [await newTrashed(deployment, '/own/t'), await newTrashed(deployment, '/own-b/t')];
    const idsFor = async (by: string) =>
      ((await get('/v1/trash', by)).body as readonly { readonly id: string }[]).map(({ id }) => id);

    expect(await idsFor(key)).toContain(inside);
    expect(await idsFor(key)).not.toContain(outside);
    expect(await idsFor(await boundKey(['trash.read']))).toEqual([]);
  });

  it('gives nothing back into a folder that was moved away from the key', async () => {
    const id = await newTrashed(deployment, '/own/leaving');
    await deployment.made({
      method: 'POST',
      path: '/v1/bulkJobs/moveFolder',
      json: { sourceFolderPath: '/own/leaving', destinationPath: '/own-b' },
    });

    expect((await post(`/v1/trash/${id}/restore`, {})).status).toBe(403);
  });
});

describe('a call about several files', () => {
  it('does nothing when one of them may not be seen, and names that one alone', async () => {
    const [inside, outside] = [await newFile(deployment, '/own'), await newFile(deployment, '/own-b')];
    const fileIds = [inside.fileId, outside.fileId];

    for (const [path, json] of [
      ['/v1/files/batch/deleteByFileIds', { fileIds }],
      ['/v1/files/addTags', { fileIds, tags: ['x'] }],
      ['/v1/files/removeTags', { fileIds, tags: ['x'] }],
    ] as const) {
      const answer = await post(path, json);
      expect([path, answer.status, JSON.stringify(answer.body).includes(inside.fileId)]).toEqual([path, 404, false]);
    }
    expect((await get(`/v1/files/${inside.fileId}/details`)).body).toMatchObject({ tags: null });
  });

  it('says of each whether it was done, where some may be seen and not changed', async () => {
    const readOnly = await newFolder(deployment, '/own-b', fresh('read-only'));
    const by = (await keyOf(deployment, { permissions: ['files.read', 'files.update'], folderIds: [ownId] })).key;
    const outside = await newFile(deployment, readOnly.folderPath);
    const inside = await newFile(deployment, '/own');

    expect(
      (await post('/v1/files/addTags', { fileIds: [inside.fileId, outside.fileId], tags: ['x'] }, by)).status,
    ).toBe(404);
    expect((await post('/v1/files/addTags', { fileIds: [inside.fileId], tags: ['x'] }, by)).status).toBe(200);
  });
});

describe('a job', () => {
  it('that copies is seen by who may see where from and where to', async () => {
    const { fileId } = await newFile(deployment, '/own-b/source');
    const { body } = await deployment.send(
      {
        method: 'POST',
        path: '/v1/bulkJobs/copyFolder',
        json: { sourceFolderPath: '/own-b/source', destinationPath: '/own/copies' },
      },
      (await keyOf(deployment, { role: 'admin' })).key,
    );
    const { jobId } = body as { readonly jobId: string };

    expect(fileId).toBeDefined();
    expect((await get(`/v1/bulkJobs/${jobId}`)).status).toBe(404);
  });
});

describe('an upload in parts', () => {
  it('does not tell where its file went when that was moved away from the key', async () => {
    const bytes = Buffer.from('text');
    const sha256 = createHash('sha256').update(bytes).digest('base64');
    const { body } = await post('/v1/uploads', { size: bytes.length, fileName: 'parts.txt', folder: '/own' });
    const { uploadId } = body as { readonly uploadId: string };
    const signed = await post(`/v1/uploads/${uploadId}/parts`, { parts: [{ number: 1, sha256 }] });
    const [part] = (signed.body as { readonly parts: readonly { readonly url: string; readonly headers: object }[] })
      .parts;
    await fetch(part?.url ?? '', { method: 'PUT', headers: { ...part?.headers }, body: bytes });
    const complete = () => deployment.send({ method: 'POST', path: `/v1/uploads/${uploadId}/complete` }, key);
    const { filePath } = (await complete()).body as { readonly filePath: string };
    await deployment.made({
      method: 'POST',
      path: '/v1/files/move',
      json: { sourceFilePath: filePath, destinationPath: '/own-b/secret' },
    });

    expect((await complete()).status).toBe(404);
    expect((await get(`/v1/uploads/${uploadId}`)).body).not.toHaveProperty('fileId');
  });
});

describe('a name', () => {
  it('beside the folder of a key is not learned by renaming that folder', async () => {
    await newFolder(deployment, '/', 'taken');
    const renamed = (newFolderName: string) => post('/v1/bulkJobs/renameFolder', { folderPath: '/own', newFolderName });

    const [taken, free] = [await renamed('taken'), await renamed(fresh('free'))];

    expect([taken.status, free.status]).toEqual([403, 403]);
    expect((taken.body as { readonly message: string }).message).toBe(
      (free.body as { readonly message: string }).message,
    );
  });

  it('outside is not learned by an upload, a copy, a move or a new folder', async () => {
    const { filePath } = await newFile(deployment, '/own');
    const there = (await newFolder(deployment, '/own-b', fresh('there'))).folderPath;
    const absent = `/own-b/${fresh('absent')}`;
    const calls = (folder: string) => [
      uploadCall(folder, 'x.gif'),
      { method: 'POST', path: '/v1/files/copy', json: { sourceFilePath: filePath, destinationPath: folder } } as const,
      { method: 'POST', path: '/v1/files/move', json: { sourceFilePath: filePath, destinationPath: folder } } as const,
      { method: 'POST', path: '/v1/folder', json: { parentFolderPath: folder, folderName: 'x' } } as const,
    ];
    const answers = async (folder: string) => {
      const sent = [];
      for (const call of calls(folder)) sent.push(await deployment.send(call, key));
      return sent.map(({ status, body }) => [status, (body as { readonly message: string }).message]);
    };

    expect(await answers(there)).toEqual(await answers(absent));
    expect(await answers(there)).toEqual(Array(4).fill([403, expect.stringContaining('in this folder')]));
  });
});

describe('a file', () => {
  it('is not learned of by its metadata, by explain or by a purge, which are for the whole account', async () => {
    const { fileId } = await newVersions(deployment, '/own');

    for (const path of [
      `/v1/files/${fileId}/metadata`,
      '/v1/metadata?url=http://localhost:4000/own/x.gif',
      '/v1/explain?url=http://localhost:4000/own/x.gif',
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 403]);
    }
    expect((await post('/v1/files/purge', { fileId })).status).toBe(403);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PRIVATE_KEY } from '../handlers/cloud-fixture.ts';
import { parsedBody } from './parsed-body.ts';
import type { Deployment } from './rights/deployment.ts';
import { startDeployment } from './rights/deployment.ts';
import { newFile } from './rights/places.ts';

let deployment: Deployment;

beforeAll(async () => {
  deployment = await startDeployment();
});

afterAll(async () => {
  expect(deployment?.faults).toEqual([]);
  await deployment?.close();
});

const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, json?: unknown) =>
  deployment.send({ method, path, ...(json !== undefined && { json }) }, PRIVATE_KEY);

async function referenced(folder: string) {
  const made = await newFile(deployment, folder);
  await call('POST', `/v1/files/${made.fileId}/references`, { url: 'https://cms.example/page', label: 'Page' });
  return made;
}

const deletions = [
  ['a file', (file: { fileId: string }) => ['DELETE', `/v1/files/${file.fileId}`, undefined] as const],
  [
    'a file for good',
    (file: { fileId: string }) => ['DELETE', `/v1/files/${file.fileId}?purge=true`, undefined] as const,
  ],
  [
    'several files',
    ({ fileId }: { fileId: string }) => ['POST', '/v1/files/batch/deleteByFileIds', { fileIds: [fileId] }] as const,
  ],
  ['a folder', (_: { fileId: string }, folderPath: string) => ['DELETE', '/v1/folder', { folderPath }] as const],
] as const;

describe.each(deletions)('a call that deletes %s', (what, callFor) => {
  it('is refused while it is used, says where, and is obeyed with force', async () => {
    const folder = `/used-${what.replaceAll(' ', '-')}`;
    const file = await referenced(folder);
    const [method, path, json] = callFor(file, folder);

    const refused = await call(method, path, json);
    expect([refused.status, refused.headers.get('x-should-retry'), refused.body]).toEqual([
      409,
      'false',
      expect.objectContaining({
        code: 'file.referenced',
        references: [
          expect.objectContaining({ type: 'registered', filePath: file.filePath, url: 'https://cms.example/page' }),
        ],
      }),
    ]);
    expect((await call('GET', `/v1/files/${file.fileId}/details`)).body).toMatchObject({ referenceCount: 1 });

    const forced = json === undefined ? `${path}${path.includes('?') ? '&' : '?'}force=true` : path;
    expect((await call(method, forced, json && { ...json, force: true })).status).toBeLessThan(300);
    expect((await call('GET', `/v1/files/${file.fileId}/details`)).status).toBe(404);
  });
});

describe('a named transformation', () => {
  it('is a use of the logo that it draws, and is told of when the logo or its folder gets another path', async () => {
    const { fileId, filePath } = await newFile(deployment, '/brand');
    const item = filePath.slice(1).replaceAll('/', '@@');
    const name = { name: 'branded', transformation: `l-image,i-${item},l-end` };
    expect((await call('POST', '/v1/named-transformations', name)).status).toBe(201);

    const use = { type: 'named-transformation', name: 'branded', as: 'layer', filePath };
    expect((await call('GET', `/v1/files/${fileId}/references`)).body).toEqual([use]);
    expect((await call('DELETE', `/v1/files/${fileId}`)).body).toMatchObject({ references: [use] });
    const warnings = [`The named transformation "branded" still names "${filePath}" as its layer.`];
    const moved = await call('POST', '/v1/bulkJobs/moveFolder', {
      sourceFolderPath: '/brand',
      destinationPath: '/archive',
    });
    expect(moved.body).toEqual({ jobId: expect.any(String), warnings });
    await call('POST', '/v1/bulkJobs/moveFolder', { sourceFolderPath: '/archive/brand', destinationPath: '/' });
    const renamed = await call('PUT', '/v1/files/rename', { filePath, newFileName: 'other.gif' });
    expect(renamed.body).toEqual({ warnings });
    expect((await call('GET', `/v1/files/${fileId}/references`)).body).toEqual([]);
  });
});

describe('a reference', () => {
  it.each(['javascript:alert(1)', 'ftp://cms.example/', 'page', `https://cms.example/${'a'.repeat(2000)}`])(
    'cannot be %s',
    async (url) => {
      await expect(parsedBody('references.create', { url, label: 'Page' })).rejects.toMatchObject({
        message: 'url must be an http or https URL of at most 2000 characters.',
      });
    },
  );

  it('is one for one page, however its URL is written', async () => {
    const { fileId } = await newFile(deployment, '/spelled');
    const paths = ['https://cms.example', 'HTTPS://CMS.example:443/'];
    for (const url of paths) await call('POST', `/v1/files/${fileId}/references`, { url, label: 'Home' });

    const { body } = await call('GET', `/v1/files/${fileId}/references`);
    expect(body).toMatchObject([{ url: 'https://cms.example/', label: 'Home', createdBy: 'private-key' }]);
  });
});

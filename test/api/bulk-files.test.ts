import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../lambda/contract/limits.ts';
import { PRIVATE_KEY } from '../handlers/cloud-fixture.ts';
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

const call = (verb: string, json: object) =>
  deployment.send({ method: 'POST', path: `/v1/files/batch/${verb}`, json }, PRIVATE_KEY);

const move = (fileIds: readonly string[], destinationPath: string) =>
  call('moveByFileIds', { fileIds, destinationPath });

const details = async (fileId: string) =>
  (await deployment.send({ method: 'GET', path: `/v1/files/${fileId}/details` }, PRIVATE_KEY)).body as {
    readonly filePath: string;
    readonly isPrivateFile: boolean;
    readonly isPublished: boolean;
    readonly versionInfo: { readonly name: string };
  };

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

describe('files that are moved in one call', () => {
  it('lie in the folder, which is made, and are there still when the call is made again', async () => {
    const [one, other] = [await newFile(deployment, '/several/a'), await newFile(deployment, '/several/b')];
    for (let call = 0; call < 2; call++) {
      expect(await move([one.fileId, other.fileId], '/several/new')).toMatchObject({
        status: 200,
        body: { successfullyMovedFileIds: [one.fileId, other.fileId] },
      });
    }
    for (const { fileId, filePath } of [one, other]) {
      expect((await details(fileId)).filePath).toBe(`/several/new/${nameOf(filePath)}`);
    }
  });

  it('become no versions of others: one whose name is taken stays, and is named with the reason', async () => {
    const one = await newFile(deployment, '/taken/from');
    const other = await newFile(deployment, '/taken/from');
    const copy = { sourceFilePath: one.filePath, destinationPath: '/taken/into' };
    await deployment.send({ method: 'POST', path: '/v1/files/copy', json: copy }, PRIVATE_KEY);
    const there = `/taken/into/${nameOf(one.filePath)}`;
    expect(await move([one.fileId, other.fileId], '/taken/into')).toMatchObject({
      status: 207,
      body: {
        successfullyMovedFileIds: [other.fileId],
        errors: [{ fileId: one.fileId, code: 'file.exists', error: `"${there}" exists already.` }],
      },
    });
    expect(await details(one.fileId)).toMatchObject({ filePath: one.filePath, versionInfo: { name: 'Version 1' } });
  });

  it('stay all of them when one is not there', async () => {
    const { fileId, filePath } = await newFile(deployment, '/missing/from');
    expect(await move([fileId, '0'.repeat(24)], '/missing/into')).toMatchObject({ status: 404 });
    expect((await details(fileId)).filePath).toBe(filePath);
  });

  it(`are ${LIMITS.filesMovedAtOnce} at most`, async () => {
    const ids = (count: number) => Array.from({ length: count }, (_, index) => index.toString(16).padStart(24, '0'));
    // As many as may be are looked for; one more is no call.
    expect(await move(ids(LIMITS.filesMovedAtOnce), '/limit')).toMatchObject({ status: 404 });
    const { status, body } = await move(ids(LIMITS.filesMovedAtOnce + 1), '/limit');
    expect([status, (body as { message: string }).message]).toEqual([
      400,
      expect.stringContaining(`${LIMITS.filesMovedAtOnce}`),
    ]);
  });
});

describe('files whose visibility is changed in one call', () => {
  it('are private, or drafts, and what is not named stays', async () => {
    const [one, other] = [await newFile(deployment, '/visible/a'), await newFile(deployment, '/visible/b')];
    const fileIds = [one.fileId, other.fileId];

    expect(await call('updateByFileIds', { fileIds, isPrivateFile: true })).toMatchObject({
      status: 200,
      body: { successfullyUpdatedFileIds: fileIds },
    });
    await call('updateByFileIds', { fileIds: [one.fileId], isPublished: false });
    expect(await details(one.fileId)).toMatchObject({ isPrivateFile: true, isPublished: false });
    expect(await details(other.fileId)).toMatchObject({ isPrivateFile: true, isPublished: true });
  });

  it('are named by a call that says what is to become of them', async () => {
    const { fileId } = await newFile(deployment, '/visible/a');

    expect(await call('updateByFileIds', { fileIds: [fileId] })).toMatchObject({
      status: 400,
      body: { code: 'file.invalid' },
    });
  });
});

describe('files that are deleted for ever in one call', () => {
  const trash = async () =>
    (await deployment.send({ method: 'GET', path: '/v1/trash' }, PRIVATE_KEY)).body as readonly {
      readonly id: string;
    }[];

  it('are neither in the library nor in the trash, and their names are free', async () => {
    const [one, other] = [await newFile(deployment, '/ended/a'), await newFile(deployment, '/ended/a')];
    const fileIds = [one.fileId, other.fileId];

    expect(await call('purgeByFileIds', { fileIds })).toMatchObject({
      status: 200,
      body: { successfullyPurgedFileIds: fileIds },
    });
    expect((await trash()).filter(({ id }) => fileIds.includes(id))).toEqual([]);
    expect(await move([one.fileId], '/ended/b')).toMatchObject({ status: 404 });
  });

  it('stay all of them when one is used, unless it is said that they go anyway', async () => {
    const [used, free] = [await newFile(deployment, '/used'), await newFile(deployment, '/used')];
    const fileIds = [used.fileId, free.fileId];
    const page = { url: 'https://cms.example/page', label: 'Page' };
    await deployment.made({ method: 'POST', path: `/v1/files/${used.fileId}/references`, json: page });

    expect(await call('purgeByFileIds', { fileIds })).toMatchObject({
      status: 409,
      body: { code: 'file.referenced' },
    });
    expect((await details(free.fileId)).filePath).toBe(free.filePath);
    expect(await call('purgeByFileIds', { fileIds, force: true })).toMatchObject({ status: 200 });
  });
});

import type { ExampleCall } from '../example-calls.ts';
import type { Deployment } from './deployment.ts';

/** 1 x 1 pixel, GIF. */
const PIXEL = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** Where something is, as the bound keys stand to it. */
export interface Place {
  readonly name: string;
  readonly path: string;
  /** Below the folder that keys are bound to. */
  readonly isInOwn: boolean;
  /** In the trash. */
  readonly isGone: boolean;
  /** What refused calls are about; nothing of it may change. */
  readonly kept: Kept;
  /** What allowed calls are about that leave it fit for the next one. */
  readonly spare: Pick<Kept, 'fileId' | 'versionId' | 'folderPath'>;
}

export interface Kept {
  readonly fileId: string;
  readonly filePath: string;
  /** Of the older of two versions. */
  readonly versionId: string;
  readonly folderPath: string;
  readonly trashedId: string;
  readonly jobId: string;
  /** Of an upload in parts that has none yet. */
  readonly uploadId: string;
  readonly grantId: string;
  readonly shareId: string;
  /** Of a saved search that everybody sees. */
  readonly searchId: string;
  /** Made for the call that removes it. */
  readonly referenceId?: string;
}

export interface Places {
  /** Of the folder that keys are bound to. */
  readonly folderId: string;
  readonly own: Place;
  readonly all: readonly Place[];
}

let count = 0;

/** A name that nothing has yet. */
export const fresh = (what: string): string => `${what}-${++count}`;

export const uploadCall = (folder: string, fileName: string): ExampleCall => ({
  method: 'POST',
  path: '/api/v1/files/upload',
  form: { file: PIXEL, fileName, folder, useUniqueFileName: 'false' },
});

interface Uploaded {
  readonly fileId: string;
  readonly filePath: string;
  readonly versionInfo: { readonly id: string };
}

export async function newFile({ made }: Deployment, folder: string): Promise<Uploaded> {
  return made<Uploaded>(uploadCall(folder, `${fresh('file')}.gif`));
}

/** A file with two versions, the older one by its id. */
export async function newVersions({ made }: Deployment, folder: string) {
  const name = `${fresh('file')}.gif`;
  const { versionInfo } = await made<Uploaded>(uploadCall(folder, name));
  return { ...(await made<Uploaded>(uploadCall(folder, name))), versionId: versionInfo.id };
}

export async function newFolder({ made }: Deployment, parentFolderPath: string, folderName = fresh('folder')) {
  const json = { parentFolderPath, folderName };
  return made<{ readonly folderId: string; readonly folderPath: string }>({ method: 'POST', path: '/v1/folder', json });
}

export async function newTrashed(deployment: Deployment, folder: string): Promise<string> {
  const { fileId } = await newFile(deployment, folder);
  await deployment.made({ method: 'DELETE', path: `/v1/files/${fileId}` });
  return fileId;
}

export async function newReference({ made }: Deployment, folder: string) {
  const { fileId } = await newFile({ made } as Deployment, folder);
  const json = { url: `https://cms.example/${fresh('page')}`, label: 'Page' };
  const { id } = await made<{ readonly id: string }>({ method: 'POST', path: `/v1/files/${fileId}/references`, json });
  return { fileId, referenceId: id };
}

export const beginCall = (folder: string): ExampleCall => ({
  method: 'POST',
  path: '/v1/uploads',
  json: { size: 42, fileName: `${fresh('parts')}.gif`, folder },
});

export async function newUpload({ made }: Deployment, folder: string): Promise<string> {
  return (await made<{ readonly uploadId: string }>(beginCall(folder))).uploadId;
}

export const grantCall = (folder: string): ExampleCall => ({
  method: 'POST',
  path: '/v1/upload-grants',
  json: { folder, maximumBytes: 1000 },
});

export async function newGrant({ made }: Deployment, folder: string): Promise<string> {
  return (await made<{ readonly grantId: string }>(grantCall(folder))).grantId;
}

export async function newShare(deployment: Deployment, folder: string): Promise<string> {
  const { fileId } = await newFile(deployment, folder);
  const json = { fileIds: [fileId], name: fresh('shared') };
  return (await deployment.made<{ readonly id: string }>({ method: 'POST', path: '/v1/shares', json })).id;
}

export async function newSearch({ made }: Deployment): Promise<string> {
  const json = { name: 'Large', searchQuery: 'size > 1', shared: true };
  return (await made<{ readonly id: string }>({ method: 'POST', path: '/v1/saved-searches', json })).id;
}

async function newJob(deployment: Deployment, folder: string): Promise<string> {
  const { folderPath } = await newFolder(deployment, folder);
  const json = { folderPath, newFolderName: fresh('renamed') };
  const path = '/v1/bulkJobs/renameFolder';
  return (await deployment.made<{ readonly jobId: string }>({ method: 'POST', path, json })).jobId;
}

async function fill(deployment: Deployment, folder: string): Promise<Kept> {
  const { fileId, filePath, versionId } = await newVersions(deployment, folder);
  const { folderPath } = await newFolder(deployment, folder);
  const [trashedId, jobId] = [await newTrashed(deployment, folder), await newJob(deployment, folder)];
  const [uploadId, grantId] = [await newUpload(deployment, folder), await newGrant(deployment, folder)];
  const [shareId, searchId] = [await newShare(deployment, folder), await newSearch(deployment)];
  return { fileId, filePath, versionId, folderPath, trashedId, jobId, uploadId, grantId, shareId, searchId };
}

async function spareIn(deployment: Deployment, folder: string): Promise<Place['spare']> {
  return { ...(await newVersions(deployment, folder)), folderPath: (await newFolder(deployment, folder)).folderPath };
}

/** `/own-b` begins as `/own` does and is not below it. */
export async function layOut(deployment: Deployment): Promise<Places> {
  const { made } = deployment;
  const { folderId } = await newFolder(deployment, '/', 'own');
  const move = (sourceFolderPath: string, destinationPath: string) =>
    made({ method: 'POST', path: '/v1/bulkJobs/moveFolder', json: { sourceFolderPath, destinationPath } });
  const place = async (name: string, path: string, isInOwn = false, isGone = false): Promise<Place> => ({
    ...{ name, path, isInOwn, isGone },
    kept: await fill(deployment, path),
    spare: await spareIn(deployment, path),
  });
  const all = [
    await place('own folder', '/own', true),
    await place('nested folder', '/own/a/b/c', true),
    await place('other folder', '/own-b'),
    await place('root', '/'),
    await place('folder in the trash', '/own/gone', true, true),
    await place("another's folder in the trash", '/own-b/gone', false, true),
  ];
  for (const folderPath of ['/own/gone', '/own-b/gone']) {
    await made({ method: 'DELETE', path: '/v1/folder', json: { folderPath } });
  }
  for (const [name, from, to] of [
    ['folder moved out', '/own', '/own-b'],
    ['folder moved in', '/own-b', '/own'],
  ] as const) {
    const sub = fresh('moved');
    const kept = await fill(deployment, `${from}/${sub}`);
    await move(`${from}/${sub}`, to);
    const moved = (path: string) => path.replace(from, to);
    all.push({
      ...{ name, path: `${to}/${sub}`, isInOwn: to === '/own', isGone: false },
      kept: {
        ...kept,
        filePath: moved(kept.filePath),
        folderPath: moved(kept.folderPath),
        // What was thrown away before its folder was moved is its own case.
        trashedId: await newTrashed(deployment, `${to}/${sub}`),
        jobId: await newJob(deployment, `${to}/${sub}`),
        uploadId: await newUpload(deployment, `${to}/${sub}`),
        grantId: await newGrant(deployment, `${to}/${sub}`),
        shareId: await newShare(deployment, `${to}/${sub}`),
      },
      spare: await spareIn(deployment, `${to}/${sub}`),
    });
  }
  return { folderId, own: all[0] as Place, all };
}

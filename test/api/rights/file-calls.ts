import type { Deployment } from './deployment.ts';
import type { FolderCall, Need } from './folder-call.ts';
import { below, path, present } from './folder-call.ts';
import type { Place } from './places.ts';
import {
  beginCall,
  fresh,
  grantCall,
  newFile,
  newGrant,
  newReference,
  newUpload,
  newVersions,
  uploadCall,
} from './places.ts';

const file = async (deployment: Deployment, place: Place) => newFile(deployment, place.path);
const versions = async (deployment: Deployment, place: Place) => newVersions(deployment, place.path);
const spare = async (_: Deployment, place: Place) => place.spare;

const FILES: readonly FolderCall[] = [
  {
    operation: 'files.get',
    needs: [present('files.read')],
    call: ({ target }) => ({ method: 'GET', path: `/v1/files/${target.fileId}/details` }),
  },
  {
    operation: 'files.update',
    needs: [present('files.update')],
    use: spare,
    call: ({ target }) => ({
      method: 'PATCH',
      path: `/v1/files/${target.fileId}/details`,
      json: { description: fresh('text') },
    }),
  },
  {
    operation: 'files.delete',
    needs: [present('files.delete')],
    use: file,
    call: ({ target }) => ({ method: 'DELETE', path: `/v1/files/${target.fileId}` }),
  },
  {
    operation: 'files.delete',
    variant: 'for good',
    needs: [present('files.purge'), present('files.delete')],
    use: file,
    call: ({ target }) => ({ method: 'DELETE', path: `/v1/files/${target.fileId}?purge=true` }),
  },
  {
    operation: 'files.sign-url',
    needs: [present('files.sign')],
    call: ({ target }) => ({
      method: 'POST',
      path: `/v1/files/${target.fileId}/signed-url`,
      json: { expiresIn: 60 },
    }),
  },
  {
    operation: 'references.list',
    needs: [present('files.read')],
    call: ({ target }) => ({ method: 'GET', path: `/v1/files/${target.fileId}/references` }),
  },
  {
    operation: 'references.create',
    needs: [present('files.update')],
    use: file,
    call: ({ target }) => ({
      method: 'POST',
      path: `/v1/files/${target.fileId}/references`,
      json: { url: `https://cms.example/${fresh('page')}`, label: 'Page' },
    }),
  },
  {
    operation: 'references.delete',
    needs: [present('files.update')],
    use: async (deployment, place) => newReference(deployment, place.path),
    call: ({ target }) => ({
      method: 'DELETE',
      path: `/v1/files/${target.fileId}/references/${target.referenceId ?? '0'}`,
    }),
  },
  {
    operation: 'files.versions',
    needs: [present('files.read')],
    call: ({ target }) => ({ method: 'GET', path: `/v1/files/${target.fileId}/versions` }),
  },
  {
    operation: 'files.version',
    needs: [present('files.read')],
    call: ({ target }) => ({ method: 'GET', path: `/v1/files/${target.fileId}/versions/${target.versionId}` }),
  },
  {
    operation: 'files.delete-version',
    needs: [present('files.delete')],
    use: versions,
    call: ({ target }) => ({ method: 'DELETE', path: `/v1/files/${target.fileId}/versions/${target.versionId}` }),
  },
  {
    operation: 'files.restore-version',
    needs: [present('files.restore')],
    use: spare,
    call: ({ target }) => ({ method: 'PUT', path: `/v1/files/${target.fileId}/versions/${target.versionId}/restore` }),
  },
  {
    operation: 'files.rename',
    needs: [present('files.move')],
    use: file,
    call: ({ target }) => ({
      method: 'PUT',
      path: '/v1/files/rename',
      json: { filePath: target.filePath, newFileName: `${fresh('renamed')}.gif` },
    }),
  },
];

const ZIPS: readonly FolderCall[] = [
  {
    operation: 'zips.create',
    needs: [present('files.read')],
    call: ({ target: { fileId } }) => ({ method: 'POST', path: '/v1/zips', json: { fileIds: [fileId] } }),
  },
  {
    operation: 'zips.create',
    variant: 'of a folder',
    needs: [present('files.read')],
    call: ({ target: { folderPath } }) => ({ method: 'POST', path: '/v1/zips', json: { folderPath } }),
  },
];

const FILE_PLACES: readonly FolderCall[] = [
  {
    operation: 'files.copy',
    variant: 'from',
    needs: [present('files.read'), path('files.copy', 'counterpart')],
    call: ({ target, counterpart }) => ({
      method: 'POST',
      path: '/v1/files/copy',
      json: { sourceFilePath: target.filePath, destinationPath: below(counterpart) },
    }),
  },
  {
    operation: 'files.copy',
    variant: 'to',
    needs: [present('files.read', 'counterpart'), path('files.copy')],
    call: ({ place, counterpart }) => ({
      method: 'POST',
      path: '/v1/files/copy',
      json: { sourceFilePath: counterpart.kept.filePath, destinationPath: below(place) },
    }),
  },
  {
    operation: 'files.move',
    variant: 'from',
    needs: [present('files.move'), path('files.move', 'counterpart')],
    use: file,
    call: ({ target, counterpart }) => ({
      method: 'POST',
      path: '/v1/files/move',
      json: { sourceFilePath: target.filePath, destinationPath: below(counterpart) },
    }),
  },
  {
    operation: 'files.move',
    variant: 'to',
    needs: [present('files.move', 'counterpart'), path('files.move')],
    targetAt: 'counterpart',
    use: file,
    call: ({ place, target }) => ({
      method: 'POST',
      path: '/v1/files/move',
      json: { sourceFilePath: target.filePath, destinationPath: below(place) },
    }),
  },
  ...(['files.upload', 'files.upload-v2'] as const).map(
    (operation): FolderCall => ({
      operation,
      needs: [path('files.upload')],
      call: ({ place }) => ({
        ...uploadCall(place.path, `${fresh('upload')}.gif`),
        ...(operation === 'files.upload-v2' && { path: '/api/v2/files/upload' }),
      }),
    }),
  ),
];

const upload: Need = { permission: 'files.upload', at: 'place', of: 'upload' };
const granted = async (deployment: Deployment, place: Place) => ({ grantId: await newGrant(deployment, place.path) });
const begun = async (deployment: Deployment, place: Place) => ({ uploadId: await newUpload(deployment, place.path) });

const UPLOADS: readonly FolderCall[] = [
  {
    operation: 'uploads.begin',
    needs: [path('files.upload')],
    call: ({ place }) => beginCall(place.path),
  },
  {
    operation: 'uploads.get',
    needs: [upload],
    call: ({ target }) => ({ method: 'GET', path: `/v1/uploads/${target.uploadId}` }),
  },
  {
    operation: 'uploads.sign-parts',
    needs: [upload],
    call: ({ target }) => ({
      method: 'POST',
      path: `/v1/uploads/${target.uploadId}/parts`,
      json: { parts: [{ number: 1, sha256: `${'A'.repeat(43)}=` }] },
    }),
  },
  {
    operation: 'uploads.complete',
    needs: [upload],
    // Who is let in is told that its part is missing.
    call: ({ target }) => ({ method: 'POST', path: `/v1/uploads/${target.uploadId}/complete` }),
  },
  {
    operation: 'upload-grants.create',
    needs: [path('files.upload')],
    call: ({ place }) => grantCall(place.path),
  },
  {
    operation: 'upload-grants.delete',
    needs: [upload],
    use: granted,
    call: ({ target }) => ({ method: 'DELETE', path: `/v1/upload-grants/${target.grantId}` }),
  },
  {
    operation: 'uploads.delete',
    needs: [upload],
    use: begun,
    call: ({ target }) => ({ method: 'DELETE', path: `/v1/uploads/${target.uploadId}` }),
  },
];

export const FILE_CALLS: readonly FolderCall[] = [...FILES, ...ZIPS, ...FILE_PLACES, ...UPLOADS];

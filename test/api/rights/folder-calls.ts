import type { ExampleCall } from '../example-calls.ts';
import type { Deployment } from './deployment.ts';
import { FILE_CALLS } from './file-calls.ts';
import type { FolderCall } from './folder-call.ts';
import { below, path, present } from './folder-call.ts';
import type { Place } from './places.ts';
import { fresh, newFolder, newTrashed } from './places.ts';
import { SEARCH_CALLS } from './search-calls.ts';
import { SEVERAL_FILE_CALLS } from './several-file-calls.ts';
import { SHARE_CALLS } from './share-calls.ts';

const folder = async (deployment: Deployment, place: Place) => newFolder(deployment, place.path);
const spare = async (_: Deployment, place: Place) => place.spare;
const trashed = async (deployment: Deployment, place: Place) => ({
  trashedId: await trashedIn(deployment, place),
});

/** In a folder that is then thrown away, where the place is one. */
async function trashedIn(deployment: Deployment, place: Place): Promise<string> {
  if (!place.isGone) return newTrashed(deployment, place.path);
  const { folderPath } = await newFolder(deployment, place.path.slice(0, place.path.lastIndexOf('/')));
  const id = await newTrashed(deployment, folderPath);
  await deployment.made({ method: 'DELETE', path: '/v1/folder', json: { folderPath } });
  return id;
}

const bulkJob = (name: string, json: object): ExampleCall => ({ method: 'POST', path: `/v1/bulkJobs/${name}`, json });

const FOLDERS: readonly FolderCall[] = [
  {
    operation: 'folders.create',
    needs: [path('folders.create')],
    call: ({ place }) => ({
      method: 'POST',
      path: '/v1/folder',
      json: { folderName: fresh('made'), parentFolderPath: place.path },
    }),
  },
  {
    operation: 'folders.update',
    needs: [present('folders.restrict')],
    use: spare,
    call: ({ target: { folderPath } }) => ({
      method: 'PATCH',
      path: '/v1/folder',
      json: { folderPath, isPrivate: true },
    }),
  },
  {
    operation: 'folders.delete',
    needs: [present('folders.delete')],
    use: folder,
    call: ({ target: { folderPath } }) => ({ method: 'DELETE', path: '/v1/folder', json: { folderPath } }),
  },
  {
    operation: 'folders.rename',
    needs: [present('folders.move')],
    use: folder,
    call: ({ target: { folderPath } }) => bulkJob('renameFolder', { folderPath, newFolderName: fresh('renamed') }),
  },
  {
    operation: 'folders.copy',
    variant: 'from',
    needs: [present('files.read'), path('files.copy', 'counterpart')],
    call: ({ target, counterpart }) =>
      bulkJob('copyFolder', { sourceFolderPath: target.folderPath, destinationPath: below(counterpart) }),
  },
  {
    operation: 'folders.copy',
    variant: 'to',
    needs: [present('files.read', 'counterpart'), path('files.copy')],
    call: ({ place, counterpart }) =>
      bulkJob('copyFolder', { sourceFolderPath: counterpart.kept.folderPath, destinationPath: below(place) }),
  },
  {
    operation: 'folders.move',
    variant: 'from',
    needs: [present('folders.move'), path('folders.move', 'counterpart')],
    use: folder,
    call: ({ target, counterpart }) =>
      bulkJob('moveFolder', { sourceFolderPath: target.folderPath, destinationPath: below(counterpart) }),
  },
  {
    operation: 'folders.move',
    variant: 'to',
    needs: [present('folders.move', 'counterpart'), path('folders.move')],
    targetAt: 'counterpart',
    use: folder,
    call: ({ place, target }) =>
      bulkJob('moveFolder', { sourceFolderPath: target.folderPath, destinationPath: below(place) }),
  },
  {
    operation: 'jobs.get',
    needs: [{ permission: 'files.read', at: 'place', of: 'trashed' }],
    call: ({ target }) => ({ method: 'GET', path: `/v1/bulkJobs/${target.jobId}` }),
  },
  {
    operation: 'trash.restore',
    needs: [{ permission: 'files.restore', at: 'place', of: 'trashed' }],
    use: trashed,
    call: ({ target }) => ({ method: 'POST', path: `/v1/trash/${target.trashedId}/restore`, json: {} }),
  },
  {
    operation: 'trash.restore-several',
    needs: [{ permission: 'files.restore', at: 'place', of: 'trashed' }],
    use: trashed,
    call: ({ target }) => ({ method: 'POST', path: '/v1/trash/restore', json: { ids: [target.trashedId] } }),
  },
];

/** Lists are let in by a right in some folder; what is in them is looked at by tests of their own. */
const LISTS: readonly FolderCall[] = [
  {
    operation: 'assets.list',
    needs: [],
    call: ({ place }) => ({ method: 'GET', path: `/v1/files?path=${encodeURIComponent(place.path)}` }),
  },
  { operation: 'search.facets', needs: [], call: () => ({ method: 'GET', path: '/v1/search/facets' }) },
  { operation: 'search.duplicates', needs: [], call: () => ({ method: 'GET', path: '/v1/search/duplicates' }) },
  { operation: 'search.suggest', needs: [], call: () => ({ method: 'GET', path: '/v1/search/suggestions?prefix=a' }) },
  { operation: 'trash.list', needs: [], call: () => ({ method: 'GET', path: '/v1/trash' }) },
  // No file has the tag.
  {
    operation: 'tags.rename',
    needs: [],
    call: () => ({ method: 'POST', path: '/v1/tags/rename', json: { tags: [fresh('tag')], newTag: 'x' } }),
  },
  ...SEARCH_CALLS,
  // Without its words it tells of the trash and changes nothing.
  { operation: 'trash.empty', needs: [], call: () => ({ method: 'POST', path: '/v1/trash/empty', json: {} }) },
];

/** Every operation that asks for a right in some folder. */
export const FOLDER_CALLS: readonly FolderCall[] = [
  ...FILE_CALLS,
  ...SEVERAL_FILE_CALLS,
  ...SHARE_CALLS,
  ...FOLDERS,
  ...LISTS,
];

import type { Deployment } from './deployment.ts';
import type { FolderCall, Need } from './folder-call.ts';
import { present } from './folder-call.ts';
import type { Place } from './places.ts';
import { newFolder, newShare } from './places.ts';

/** A link stays, whatever became of its files. */
const shared: Need = { permission: 'folders.restrict', at: 'place', of: 'trashed' };

/** Of a folder that is then thrown away, where the place is one. */
async function sharedIn(deployment: Deployment, place: Place): Promise<string> {
  if (!place.isGone) return newShare(deployment, place.path);
  const { folderPath } = await newFolder(deployment, place.path.slice(0, place.path.lastIndexOf('/')));
  const id = await newShare(deployment, folderPath);
  await deployment.made({ method: 'DELETE', path: '/v1/folder', json: { folderPath } });
  return id;
}

/** Links are for who decides who sees the folders of their files. */
export const SHARE_CALLS: readonly FolderCall[] = [
  {
    operation: 'shares.create',
    needs: [present('folders.restrict')],
    call: ({ target: { fileId } }) => ({ method: 'POST', path: '/v1/shares', json: { fileIds: [fileId], name: 'x' } }),
  },
  { operation: 'shares.list', needs: [], call: () => ({ method: 'GET', path: '/v1/shares' }) },
  {
    operation: 'shares.get',
    needs: [shared],
    call: ({ target: { shareId } }) => ({ method: 'GET', path: `/v1/shares/${shareId}` }),
  },
  {
    operation: 'shares.accesses',
    needs: [shared],
    call: ({ target: { shareId } }) => ({ method: 'GET', path: `/v1/shares/${shareId}/accesses` }),
  },
  {
    operation: 'shares.delete',
    needs: [shared],
    use: async (deployment, place) => ({ shareId: await sharedIn(deployment, place) }),
    call: ({ target: { shareId } }) => ({ method: 'DELETE', path: `/v1/shares/${shareId}` }),
  },
];

import type { Deployment } from './deployment.ts';
import type { FolderCall } from './folder-call.ts';
import { below, path, present } from './folder-call.ts';
import type { Place } from './places.ts';
import { fresh, newFile } from './places.ts';

const file = async (deployment: Deployment, place: Place) => newFile(deployment, place.path);
const spare = async (_: Deployment, place: Place) => place.spare;

/** Calls about several files, of one file each. */
export const SEVERAL_FILE_CALLS: readonly FolderCall[] = [
  ...(['delete-several', 'add-tags', 'remove-tags', 'remove-ai-tags'] as const).map((verb): FolderCall => {
    const route = {
      'delete-several': 'batch/deleteByFileIds',
      'add-tags': 'addTags',
      'remove-tags': 'removeTags',
      'remove-ai-tags': 'removeAITags',
    };
    return {
      operation: `files.${verb}`,
      needs: [present(verb === 'delete-several' ? 'files.delete' : 'files.update')],
      use: verb === 'delete-several' ? file : spare,
      call: ({ target: { fileId } }) => ({
        method: 'POST',
        path: `/v1/files/${route[verb]}`,
        json: {
          fileIds: [fileId],
          ...(verb === 'remove-ai-tags' && { AITags: [fresh('tag')] }),
          ...(/-tags$/.test(verb) && verb !== 'remove-ai-tags' && { tags: [fresh('tag')] }),
        },
      }),
    };
  }),
  {
    operation: 'files.move-several',
    variant: 'from',
    needs: [present('files.move'), path('files.move', 'counterpart')],
    use: file,
    call: ({ target, counterpart }) => ({
      method: 'POST',
      path: '/v1/files/batch/moveByFileIds',
      json: { fileIds: [target.fileId], destinationPath: below(counterpart) },
    }),
  },
  {
    operation: 'files.move-several',
    variant: 'to',
    needs: [present('files.move', 'counterpart'), path('files.move')],
    targetAt: 'counterpart',
    use: file,
    call: ({ place, target }) => ({
      method: 'POST',
      path: '/v1/files/batch/moveByFileIds',
      json: { fileIds: [target.fileId], destinationPath: below(place) },
    }),
  },
  {
    operation: 'files.update-several',
    needs: [present('files.update')],
    use: spare,
    call: ({ target: { fileId } }) => ({
      method: 'POST',
      path: '/v1/files/batch/updateByFileIds',
      json: { fileIds: [fileId], isPublished: true },
    }),
  },
  {
    operation: 'files.purge-several',
    needs: [present('files.purge'), present('files.delete')],
    use: file,
    call: ({ target: { fileId } }) => ({
      method: 'POST',
      path: '/v1/files/batch/purgeByFileIds',
      json: { fileIds: [fileId] },
    }),
  },
];

import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { LIBRARY, type LibraryFile } from '../browse/library-queries.ts';
import { useText } from '../i18n/text.tsx';
import { failureWords } from '../shell/failure-words.ts';
import { useNotices } from '../shell/notices.tsx';

/** Files that one call of the API takes. */
const PER_CALL = 100;

/** Everything that may show a file is asked anew. */
export const refreshLibrary = (client: QueryClient): Promise<void> =>
  Promise.all([
    client.invalidateQueries({ queryKey: LIBRARY }),
    client.invalidateQueries({ queryKey: ['trash'] }),
    client.invalidateQueries({ queryKey: ['file'] }),
  ]).then(() => undefined);

/** Puts files into the trash, and offers to take them out again instead of asking before. */
export function useTrashing(done: () => void) {
  const text = useText();
  const tell = useNotices();
  const client = useQueryClient();
  const restoring = useRestoring();
  return useMutation({
    mutationFn: async (files: readonly LibraryFile[]) => {
      const ids = files.map(({ fileId }) => fileId);
      for (let from = 0; from < ids.length; from += PER_CALL) {
        const body = { fileIds: ids.slice(from, from + PER_CALL) };
        await dataOf(api.POST('/v1/files/batch/deleteByFileIds', { body }));
      }
      return ids;
    },
    onSuccess: (ids) => {
      tell({
        kind: 'done',
        message: text.select.trashed(ids.length),
        action: { label: text.undo, run: () => restoring.mutate(ids) },
      });
      done();
    },
    onError: (error) => tell({ kind: 'failed', message: failureWords(error, text) }),
    onSettled: () => refreshLibrary(client),
  });
}

/** Takes files and folders out of the trash. */
export function useRestoring() {
  const text = useText();
  const tell = useNotices();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (ids: readonly string[]) => {
      for (const id of ids) await dataOf(api.POST('/v1/trash/{id}/restore', { params: { path: { id } }, body: {} }));
    },
    onSuccess: () => tell({ kind: 'done', message: text.select.restored }),
    onError: (error) => tell({ kind: 'failed', message: failureWords(error, text) }),
    onSettled: () => refreshLibrary(client),
  });
}

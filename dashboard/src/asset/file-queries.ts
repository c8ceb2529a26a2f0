import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type paths } from '../api/client.ts';
import { answerOf, dataOf } from '../api/failure.ts';
import { LIBRARY } from '../browse/library-queries.ts';

type Details = paths['/v1/files/{fileId}/details'];

export type FileDetails = Omit<Details['get']['responses'][200]['content']['application/json'], 'AITags'>;
/** A version as it was: `file` is the current one. */
export type FileVersion = Omit<
  paths['/v1/files/{fileId}/versions']['get']['responses'][200]['content']['application/json'][number],
  'AITags'
>;
export type DetailsChange = NonNullable<Details['patch']['requestBody']>['content']['application/json'];

/** Milliseconds after which another person's change of a file is seen. */
const LOOK_AGAIN = 30_000;

const keyOf = (fileId: string) => ['file', fileId] as const;

/** A file's details, with the tag that a change of them has to name. */
export const useFile = (fileId: string) =>
  useQuery({
    queryKey: keyOf(fileId),
    queryFn: async ({ signal }) => {
      const { data, response } = await answerOf(
        api.GET('/v1/files/{fileId}/details', { params: { path: { fileId } }, signal }),
      );
      return { file: data, tag: response.headers.get('etag') ?? '' };
    },
    refetchInterval: LOOK_AGAIN,
  });

export const useVersions = (fileId: string) =>
  useQuery({
    queryKey: [...keyOf(fileId), 'versions'],
    queryFn: ({ signal }) => dataOf(api.GET('/v1/files/{fileId}/versions', { params: { path: { fileId } }, signal })),
  });

/** Changes details; with the tag that was read, nothing is changed when somebody else did meanwhile. */
export function useChangeDetails(fileId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ change, tag }: { readonly change: DetailsChange; readonly tag?: string }) =>
      answerOf(
        api.PATCH('/v1/files/{fileId}/details', {
          params: { path: { fileId }, ...(tag !== undefined && { header: { 'if-match': tag } }) },
          body: change,
        }),
      ),
    // Also when it was refused: what somebody else wrote is then shown.
    // Not waited for: the next change is not to wait until everything is read anew.
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keyOf(fileId) });
      void client.invalidateQueries({ queryKey: LIBRARY });
    },
  });
}

/** Makes a version the current one. */
export function useRestoreVersion(fileId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (versionId: string) =>
      dataOf(api.PUT('/v1/files/{fileId}/versions/{versionId}/restore', { params: { path: { fileId, versionId } } })),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: keyOf(fileId) });
      await client.invalidateQueries({ queryKey: LIBRARY });
    },
  });
}

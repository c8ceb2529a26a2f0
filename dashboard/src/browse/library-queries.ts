import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, type paths } from '../api/client.ts';
import { answerOf, dataOf } from '../api/failure.ts';
import { searchQuery } from '../find/search-query.ts';
import { isSearch, type View } from './view.ts';

type Listed = paths['/v1/files']['get']['responses'][200]['content']['application/json'][number];

export type LibraryFolder = Extract<Listed, { type: 'folder' }>;
/** Without the one member that is always null, which the client's types leave out. */
export type LibraryFile = Omit<Exclude<Listed, LibraryFolder>, 'AITags'>;

/** Files of one call. */
const PAGE = '200';

/** Everything that shows files or folders; what changes some makes all of these be asked anew. */
export const LIBRARY = ['library'] as const;

interface Typed {
  readonly type: string;
}

const isFolder = <One extends Typed>(one: One): one is Extract<One, { type: 'folder' }> => one.type === 'folder';
export const isFile = <One extends Typed>(one: One): one is Exclude<One, { type: 'folder' }> => one.type !== 'folder';

/** The folders in a folder, by name. */
export const useFolders = (path: string, isWanted = true) =>
  useQuery({
    queryKey: [...LIBRARY, 'folders', path],
    queryFn: async ({ signal }) => {
      const query = { path, type: 'folder', sort: 'ASC_NAME' } as const;
      return (await dataOf(api.GET('/v1/files', { params: { query }, signal }))).filter(isFolder);
    },
    enabled: isWanted,
  });

/** What a view asks the API's list for. */
export function listedFiles(view: View) {
  const { path, sort, kind } = view;
  const asked = isSearch(view) ? { searchQuery: searchQuery(view) } : { path };
  return { ...asked, type: 'file', sort, ...(kind && { fileType: kind }) } as const;
}

/** The files of a view, part by part. */
export function useFiles(view: View) {
  const listed = { ...listedFiles(view), limit: PAGE } as const;
  return useInfiniteQuery({
    queryKey: [...LIBRARY, 'files', listed],
    queryFn: async ({ pageParam, signal }) => {
      const query = pageParam === undefined ? listed : { ...listed, cursor: pageParam };
      const { data, response } = await answerOf(api.GET('/v1/files', { params: { query }, signal }));
      return { files: data.filter(isFile), next: response.headers.get('x-next-cursor') ?? undefined };
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
}

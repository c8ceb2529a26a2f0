import { useQuery } from '@tanstack/react-query';
import { api, type paths } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';

type Listed = paths['/v1/files']['get']['responses'][200]['content']['application/json'][number];

export type LibraryFolder = Extract<Listed, { type: 'folder' }>;
/** Without the one member that is always null, which the client's types leave out. */
export type LibraryFile = Omit<Exclude<Listed, LibraryFolder>, 'AITags'>;

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

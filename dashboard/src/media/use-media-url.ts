import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import type { LibraryFile } from '../browse/library-queries.ts';
import { useMay } from '../session/session.ts';

/** Seconds for which a URL is signed that only this page uses. */
const LIFE = 900;

/** Milliseconds after which another one is signed, while the one before still holds. */
const FRESH = 600_000;

/** A file as it is now, or one of its earlier versions. */
export type MediaFile = Pick<LibraryFile, 'fileId' | 'type' | 'url' | 'reachableBy' | 'updatedAt' | 'versionInfo'>;

/**
 * The URL by which this page shows a file: the public one, or one that is signed for whoever looks.
 * @param transformation of the engine; undefined while no picture is wanted
 * @returns undefined until there is one, and for what may not be seen
 */
export function useMediaUrl(file: MediaFile, transformation: string | undefined): string | undefined {
  const may = useMay();
  const { fileId, type, url, reachableBy, updatedAt, versionInfo } = file;
  const versionId = type === 'file-version' ? versionInfo.id : undefined;
  const { data: signed } = useQuery({
    queryKey: ['signed-url', fileId, versionId, updatedAt, transformation],
    queryFn: async ({ signal }) => {
      const body = {
        expiresIn: LIFE,
        ...(versionId !== undefined && { versionId }),
        ...(transformation !== undefined && { transformation }),
      };
      return (await dataOf(api.POST('/v1/files/{fileId}/signed-url', { params: { path: { fileId } }, body, signal })))
        .url;
    },
    enabled: reachableBy === 'signed-url' && transformation !== undefined && may('files.sign'),
    staleTime: FRESH,
    gcTime: FRESH,
  });
  if (transformation === undefined) return undefined;
  return reachableBy === 'everyone' ? `${url}&tr=${transformation}` : signed;
}

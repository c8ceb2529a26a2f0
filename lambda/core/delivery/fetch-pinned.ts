import { problem } from '../kernel/problems.ts';
import type { PinnedObject } from '../library/pinned-object.ts';
import type { FetchedObject, OriginFetcher } from '../settings/origins/origin-fetcher.ts';
import type { OriginDirectory } from '../settings/origins/origin-store.ts';
import { failure } from './find-in-origins.ts';

export interface FetchPinnedDeps {
  readonly directory: Pick<OriginDirectory, 'find'>;
  readonly fetcher: OriginFetcher;
}

/**
 * The object that was imported, and no other one that has its key by now.
 * @throws Problem origin.changed, asset.not-found, origin.denied, origin.unreachable, origin.late, origin.broken or source.limit
 */
export async function fetchPinned(
  { directory, fetcher }: FetchPinnedDeps,
  { originId, key, etag }: PinnedObject,
): Promise<FetchedObject> {
  const stored = await directory.find(originId);
  if (!stored) throw problem('origin.denied', 'The origin of the file has been removed.');
  const found = await fetcher.fetch(stored, { path: `/${key}`, ifMatch: etag });
  switch (found.outcome) {
    case 'found':
      return found;
    case 'missing':
      throw problem('asset.not-found', 'The file is not at its origin any more.');
    case 'denied':
      throw problem('origin.denied', 'The origin denies access to the file.');
    default:
      throw failure(found.outcome);
  }
}

import type { PathRecord } from '../library/asset.ts';
import { objectPath } from '../settings/origins/origin-url.ts';
import type { AssetFinder } from './asset-finder.ts';
import type { OriginFile } from './find-in-origins.ts';
import type { OriginalReader } from './original-reader.ts';
import type { VariantStore } from './variant-store.ts';

/** What delivery reads files with. */
export interface FileAccess {
  readonly assets: AssetFinder;
  readonly originals: OriginalReader;
  readonly variants: VariantStore;
}

/** Looks for a file in the origins of the request's endpoint. @throws a Problem of an origin.* code */
export type FindInOrigins = (path: string) => Promise<OriginFile | undefined>;

/** What stands before the path in the object key of a file that is in memory only. */
const FETCHED = 'origin:';

/**
 * The library, and behind it the origins. A file that the library lacks is looked for in the origins, once a request;
 * from then on it looks like an asset, with the origin's revision. Every read asks the library first, so an upload
 * meanwhile makes the fetched file outdated. For one request only: it holds what was fetched.
 */
export function withOrigins({ assets, originals, variants }: FileAccess, find: FindInOrigins): FileAccess {
  const fetched = new Map<string, Promise<OriginFile | undefined>>();
  const fetchOnce = (path: string) => {
    const known = fetched.get(path) ?? find(path);
    fetched.set(path, known);
    return known;
  };
  const bytesOf = async (objectKey: string) => {
    if (!objectKey.startsWith(FETCHED)) return undefined;
    const file = await fetched.get(objectKey.slice(FETCHED.length));
    if (!file) throw new Error('A fetched file is not in memory.');
    return file.object.bytes;
  };
  return {
    assets: {
      find: async (path) => {
        const asset = await assets.find(path);
        if (asset) return asset;
        const file = await fetchOnce(path);
        return file && toRecord(path, file);
      },
      findVersion: (assetId, versionId) => assets.findVersion(assetId, versionId),
    },
    originals: {
      read: async (objectKey, maximumBytes) => (await bytesOf(objectKey)) ?? originals.read(objectKey, maximumBytes),
    },
    variants: {
      ...variants,
      copyOriginal: async (objectKey, key, headers) => {
        const bytes = await bytesOf(objectKey);
        await (bytes ? variants.put(key, bytes, headers) : variants.copyOriginal(objectKey, key, headers));
      },
    },
  };
}

function toRecord(path: string, { stored, object, content }: OriginFile): PathRecord {
  const { includeCanonicalHeader, baseUrlForCanonicalHeader: base } = stored.origin;
  return {
    ...content,
    path,
    assetId: `${FETCHED}${stored.origin.id}`,
    revision: stored.revision,
    versionId: object.etag,
    isPrivate: object.isPrivate,
    updatedAt: stored.updatedAt,
    objectKey: `${FETCHED}${path}`,
    ...(includeCanonicalHeader && base && { canonicalUrl: canonicalUrl(base, path) }),
  };
}

/** ASCII only, because it goes into a header. */
function canonicalUrl(base: string, path: string): string {
  return `${new URL(base).href.replace(/\/+$/, '')}/${objectPath('', path)}`;
}

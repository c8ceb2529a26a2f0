import { problem } from '../kernel/problems.ts';
import type { PathRecord } from '../library/asset.ts';
import type { PinnedObject } from '../library/pinned-object.ts';
import { pinnedObject } from '../library/pinned-object.ts';
import { SIGNATURE_NEEDED } from '../request/judge-url.ts';
import type { FetchedObject } from '../settings/origins/origin-fetcher.ts';
import type { FileAccess } from './with-origins.ts';

/** Reads an object as it was when it was imported. @throws Problem origin.changed, asset.not-found, or as fetchPinned says */
export type FetchPinned = (pin: PinnedObject) => Promise<FetchedObject>;

/**
 * The library with the objects that stay at their origin: they are fetched when they are needed, once a request. What calls itself
 * private is not given out as a public file, whatever it was when it was imported. For one request only.
 */
export function withPinned({ assets, originals, variants }: FileAccess, fetchPinned: FetchPinned): FileAccess {
  const fetched = new Map<string, Promise<FetchedObject>>();
  const publicKeys = new Set<string>();
  const bytesOf = async (objectKey: string) => {
    const pin = pinnedObject(objectKey);
    if (!pin) return undefined;
    const fetching = fetched.get(objectKey) ?? fetchPinned(pin);
    fetched.set(objectKey, fetching);
    const { bytes, isPrivate } = await fetching;
    if (isPrivate && publicKeys.has(objectKey)) throw problem('asset.private', SIGNATURE_NEEDED);
    return bytes;
  };
  const noted = (record: PathRecord | undefined) => {
    if (record && !record.isPrivate) publicKeys.add(record.objectKey);
    return record;
  };
  return {
    assets: {
      find: async (path) => noted(await assets.find(path)),
      findVersion: assets.findVersion,
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

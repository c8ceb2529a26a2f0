import type { PathRecord, StoredContent } from '../library/asset.ts';

/** Finds what is delivered under a path. The read is consistent: it also decides whether a variant is still current. */
export interface AssetFinder {
  find(path: string): Promise<PathRecord | undefined>;
  /** The bytes of one version of an asset. */
  findVersion(assetId: string, versionId: string): Promise<StoredContent | undefined>;
}

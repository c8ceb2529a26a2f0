import type { Asset } from '../library/asset.ts';

/** What a folder holds itself, without the folders below. */
export interface FolderContent {
  readonly assets: readonly Asset[];
  /** Paths. */
  readonly folders: readonly string[];
}

export interface LibraryFolders {
  list(folder: string): Promise<FolderContent>;
  findAsset(assetId: string): Promise<Asset | undefined>;
}

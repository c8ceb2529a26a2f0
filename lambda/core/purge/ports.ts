import type { Asset } from '../library/asset.ts';
import type { PurgeTarget } from './purge-target.ts';

/** A purge that was asked for. */
export interface PurgeJob {
  /** 24 hexadecimal characters. */
  readonly requestId: string;
  readonly target: PurgeTarget;
  /** `pending`: stored variants are being removed. `removed`: they are gone, and the CDN was told. */
  readonly state: 'pending' | 'removed';
  readonly invalidationIds: readonly string[];
  readonly createdAt: string;
  /** Seconds since 1970; DynamoDB's time to live. */
  readonly expiresAt: number;
}

export interface PurgeJobs {
  save(job: PurgeJob): Promise<void>;
  find(requestId: string): Promise<PurgeJob | undefined>;
  /** Those that were begun and not finished. */
  pending(): Promise<PurgeJob[]>;
}

/** A purge that every region carries out, because it follows from a change that belongs to no region. */
export interface AccountPurge {
  /** 24 hexadecimal characters; also of the job that each region makes of it. */
  readonly requestId: string;
  readonly target: PurgeTarget;
  readonly createdAt: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

export interface AccountPurges {
  save(purge: AccountPurge): Promise<void>;
  list(): Promise<readonly AccountPurge[]>;
}

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

/** Originals of origins that are kept for a while. */
export interface FetchedRemoval {
  /** The next request for one of the paths asks the origin again. */
  forget(paths: readonly string[]): Promise<void>;
}

/** Removes stored variants and tells the CDN. All give the ids of the CDN's invalidations. */
export interface VariantRemoval {
  /** Everything that was made from these paths, and from pictures that carry them. */
  removePaths(paths: readonly string[]): Promise<string[]>;
  removeVariants(keys: readonly string[]): Promise<string[]>;
  /** Everything that was made with something: `asset:/logo.png`, `name:thumbnail`. */
  removeDependents(dependency: string): Promise<string[]>;
  /** Everything that an endpoint delivers. */
  removeEndpoint(id: string): Promise<string[]>;
  /** Whether the CDN is done with all of them. */
  areComplete(invalidationIds: readonly string[]): Promise<boolean>;
}

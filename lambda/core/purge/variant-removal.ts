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

/** Removes files of origins from their cache. */
export interface OriginCacheRemoval {
  /** The next request for one of the paths asks the origin again. */
  remove(paths: readonly string[]): Promise<void>;
}

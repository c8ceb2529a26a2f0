/** Removes what was made and tells the CDN. All give what to ask `areComplete` about. */
export interface VariantRemoval {
  /** Everything that was made from these paths, and from pictures that carry them. */
  removePaths(paths: readonly string[]): Promise<string[]>;
  /** The same for paths below a folder of which the CDN is told as a whole, by `tellOfFolder`. */
  removeInFolder(folder: string, paths: readonly string[]): Promise<string[]>;
  tellOfFolder(folder: string): Promise<string[]>;
  /** Stored variants of one asset. The CDN is told of the asset: asked again for the others, it finds them stored. */
  removeVariants(assetPath: string, keys: readonly string[]): Promise<string[]>;
  /** Everything that was made with a named transformation. */
  removeNamed(name: string): Promise<string[]>;
  /** Everything that an endpoint delivers. */
  removeEndpoint(id: string): Promise<string[]>;
  /** Whether the CDN is done with all of them. */
  areComplete(invalidations: readonly string[]): Promise<boolean>;
}

/** The bucket with the variants. */
export interface StoredVariants {
  /** @returns how many there were */
  removeWithPrefix(prefix: string, isMeant?: (key: string) => boolean): Promise<number>;
  remove(keys: readonly string[]): Promise<void>;
  /** Looks at every variant of an engine. */
  removeOfEndpoint(engineVersion: string, endpoint: string): Promise<void>;
}

/** The stored variants that were made with something, by its key: `asset:/logo.png`, `name:thumbnail`. */
export interface DependentVariants {
  list(dependency: string): Promise<string[]>;
  remove(dependency: string, variantKeys: readonly string[]): Promise<void>;
}

/** Tags of answers that a cache may have kept. */
export interface UsedTags {
  among(tags: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Removes files of origins from their cache. */
export interface OriginCacheRemoval {
  /** The next request for one of the paths asks the origin again. */
  remove(paths: readonly string[]): Promise<void>;
}

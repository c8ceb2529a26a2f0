/** Removes everything that was made from an asset's path: stored variants first, then the CDN's copies. */
export interface VariantPurge {
  purge(path: string): Promise<void>;
  /** Removes the stored variants that were made with something: `asset:/logo.png`, `name:thumbnail`. */
  purgeDependents(dependency: string): Promise<void>;
}

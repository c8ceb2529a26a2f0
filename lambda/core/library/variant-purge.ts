/** Removes everything that was made from an asset's path: stored variants first, then the CDN's copies. */
export interface VariantPurge {
  purge(path: string): Promise<void>;
}

/** What an import takes from: all below a prefix, as the bucket lists it or as a manifest of S3 Inventory does. */
export interface ImportedPlace {
  readonly originId: string;
  /** Below the origin's folder, as keys begin: `photos/`; empty for all of it. */
  readonly prefix: string;
  readonly inventory?: {
    /** The origin that the inventory's own files are read from. */
    readonly originId: string;
    /** Key of the manifest below that origin's folder. */
    readonly manifest: string;
  };
}

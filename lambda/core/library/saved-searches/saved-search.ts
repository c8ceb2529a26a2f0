/** A search that somebody keeps under a name. */
export interface SavedSearch {
  /** 24 hexadecimal characters. */
  readonly id: string;
  readonly name: string;
  /** In the language of `searchQuery`; it was readable when it was saved. */
  readonly searchQuery: string;
  /** Folder in canonical form: that level only. Without: the whole library. */
  readonly path?: string;
  /** ImageKit's word for an order: `DESC_CREATED`. */
  readonly sort: string;
  /** Everybody who may read files sees it. What it finds is what they may see. */
  readonly isShared: boolean;
  /** Id of the caller who made it. */
  readonly owner: string;
  /** ISO 8601, as `updatedAt`. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

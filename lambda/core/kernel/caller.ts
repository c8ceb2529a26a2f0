/** What somebody may do, everywhere or in some folders. */
export interface Grant {
  /** Of the closed list in `accounts/permissions.ts`. */
  readonly permissions: readonly string[];
  /** Ids of folders; the grant holds in them and below. Without: everywhere. */
  readonly folderIds?: readonly string[];
}

/** Who makes a call. What they may do is the union of their grants; nothing else is allowed. */
export interface Caller {
  readonly kind: 'private-key' | 'restricted-key' | 'person' | 'system';
  /** A pseudonym, never the key itself. */
  readonly id: string;
  readonly grants: readonly Grant[];
}

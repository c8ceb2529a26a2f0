/** What rights are bound to. Without either they hold everywhere; with one of them, only where it says. */
export interface Bounds {
  /** Ids of folders; the rights hold in them and below. */
  readonly folderIds?: readonly string[] | undefined;
  /** Ids of URL endpoints; the rights hold for them and what belongs to them. */
  readonly endpointIds?: readonly string[] | undefined;
}

/** What somebody may do, everywhere or within bounds. */
export interface Grant extends Bounds {
  /** Of the closed list in `accounts/permissions.ts`. */
  readonly permissions: readonly string[];
  /** Name of the role that they come from. */
  readonly role?: string;
}

/** `nobody` calls public operations, `upload-ticket` sent a signed form, `system` is a run of ours, `break-glass` came in by IAM. */
export const CALLER_KINDS = [
  'nobody',
  'private-key',
  'restricted-key',
  'upload-ticket',
  'person',
  'system',
  'break-glass',
] as const;

/** Who makes a call. What they may do is the union of their grants; nothing else is allowed. */
export interface Caller {
  readonly kind: (typeof CALLER_KINDS)[number];
  /** A pseudonym, never the key itself. */
  readonly id: string;
  readonly grants: readonly Grant[];
  /** When the key that makes the call ends, ISO 8601. Without: it does not end by itself. */
  readonly endsAt?: string;
  /** Blocks of addresses that the key is bound to. Without: it is not. */
  readonly addresses?: readonly string[];
}

import type { FolderChain } from '../../accounts/policy.ts';
import type { Actor } from '../../audit/event.ts';
import type { Grant } from '../../kernel/caller.ts';

/** The form of a file as it was uploaded, beside the names of named transformations. */
export const ORIGINAL = 'original';

/** A link that shows a set of files to whoever has it, until it ends or is revoked. */
export interface Share {
  /** 24 hexadecimal characters. */
  readonly id: string;
  /** What its page is headed with. */
  readonly name: string;
  readonly files: readonly SharedFile[];
  /** `original`, and names of named transformations. */
  readonly forms: readonly string[];
  /** SHA-256 of the link's secret, hexadecimal; the secret itself is told once. */
  readonly digest: string;
  readonly password?: PasswordHash;
  /** Signs what a browser shows after it was told the password: 64 hexadecimal characters. */
  readonly proofKey: string;
  readonly caller: Actor;
  /** What the caller might do when it was made: what they may not show any more with these is gone from it. */
  readonly grants: readonly Grant[];
  /** Folders in which the files were: who decides who sees all of these, may see and revoke the link. */
  readonly chains: readonly FolderChain[];
  /** ISO 8601. */
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface SharedFile {
  readonly fileId: string;
  /** It was when the link was made. One that is made private afterwards is not shown. */
  readonly isPrivate: boolean;
}

/** Of scrypt, all hexadecimal. */
export interface PasswordHash {
  readonly salt: string;
  readonly hash: string;
}

/** A look at a link. Who looked is not kept: addresses reach no log. */
export interface ShareAccess {
  /** ISO 8601. */
  readonly at: string;
  readonly kind: 'page' | 'file' | 'wrong-password';
  readonly fileId?: string;
  readonly form?: string;
}

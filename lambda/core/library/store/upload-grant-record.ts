import type { Actor } from '../../audit/event.ts';

/** Leave to upload some files into one folder without a key. The record holds no secret, only its digest. */
export interface UploadGrant {
  /** 24 hexadecimal characters. */
  readonly grantId: string;
  /** SHA-256 of the secret, hexadecimal. */
  readonly digest: string;
  readonly folder: string;
  /** Folders in which its maker might upload then, with all below: no file lands elsewhere. @default everywhere */
  readonly folderIds?: readonly string[];
  /** Bytes of one file. */
  readonly maximumBytes: number;
  /** Types that a file may have by its bytes: `image/png`, or `image/*`. @default any */
  readonly contentTypes?: readonly string[];
  readonly tags?: readonly string[];
  readonly isPrivate?: boolean;
  /** Files that may still be begun. */
  readonly filesLeft: number;
  readonly grantedBy: Actor;
  readonly createdAt: string;
  /** Seconds since 1970; DynamoDB's time to live. */
  readonly expiresAt: number;
}

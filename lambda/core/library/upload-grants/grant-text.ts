import { equalInConstantTime } from '../../accounts/credentials.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import type { UploadGrant } from '../store/upload-grant-record.ts';

const FORM = /^grant_([0-9a-f]{24})_([\w-]{43})$/;

/** A grant as it is given out, once: its id and 32 bytes that nobody can guess. */
export const grantText = (grantId: string, secret: Uint8Array): string =>
  `grant_${grantId}_${Buffer.from(secret).toString('base64url')}`;

/** The id in a grant's text; undefined for what is no grant. */
export const grantIdOf = (text: string): string | undefined => FORM.exec(text)?.[1];

export const digestOfGrant = (text: string): string => sha256Hex(FORM.exec(text)?.[2] ?? '');

export const isGrantText = ({ digest }: UploadGrant, text: string): boolean =>
  equalInConstantTime(digestOfGrant(text), digest);

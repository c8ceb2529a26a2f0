import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { NotificationKind } from './notification-choices.ts';

/** All that is known of a person beside their roles. */
export interface PersonalData {
  /** As `parseMailAddress` gives it. */
  readonly mail: string;
  readonly name: string;
  /** BCP 47, such as `de`. */
  readonly locale?: string;
  /** Kinds of mails that they turned off. @default they get all */
  readonly muted?: readonly NotificationKind[];
}

/** What each member is kept for; a member that is not here does not compile. */
export const PURPOSES: Readonly<Record<keyof PersonalData, string>> = {
  mail: 'signs them in, and service mails go there',
  name: 'others see who they are',
  locale: 'texts and dates are in their language',
  muted: 'they are not mailed about it',
};

/** A person's own key: whoever erases it has erased everything that it encrypts, in backups too. */
export interface DataKey {
  /** 32 bytes. */
  readonly plain: Uint8Array;
  /** The same, encrypted by KMS; base64. */
  readonly wrapped: string;
}

/** Where the keys of people come from. */
export interface DataKeys {
  readonly make: (personId: string) => Promise<DataKey>;
  /** @throws when the person has no key any more */
  readonly open: (personId: string) => Promise<Uint8Array>;
  /** The secret under which mail addresses are digested: without it, addresses could be guessed from their digests. */
  readonly pepper: () => Promise<Uint8Array>;
}

/** What is encrypted, as part of the text that the cipher binds it to: ciphertext that is moved elsewhere does not open. */
export type SealedKind = 'profile' | 'sign-in' | 'mail-change';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORM = 'v1';

/** @param nonce 12 bytes that are used once */
export function seal(key: Uint8Array, personId: string, kind: SealedKind, value: object, nonce: Uint8Array): string {
  const cipher = createCipheriv(CIPHER, key, nonce);
  cipher.setAAD(boundTo(personId, kind));
  const encrypted = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]);
  return `${FORM}.${Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString('base64url')}`;
}

/** @throws when the text was changed, or is another person's or of another kind */
export function unseal(key: Uint8Array, personId: string, kind: SealedKind, sealed: string): unknown {
  const bytes = Buffer.from(sealed.slice(FORM.length + 1), 'base64url');
  const tagEnd = NONCE_BYTES + TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(personId, kind));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, tagEnd));
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString());
}

const boundTo = (personId: string, kind: SealedKind): Buffer => Buffer.from(`${FORM}\0${personId}\0${kind}`);

import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What delivery needs of the account's settings, as the home region had it: items of the accounts table, partition by
 * partition. Keys that sign are not among them; each region has a copy of their secret.
 */
export interface SettingsSnapshot<Item> {
  /** ISO 8601. */
  readonly takenAt: string;
  readonly partitions: Readonly<Record<string, readonly Item[]>>;
}

/** Hexadecimal digits of HMAC-SHA256, and the line's end. */
const SIGNATURE_CHARACTERS = 65;

/**
 * A snapshot as it is stored: a line with its signature, then JSON. Whoever may write into the bucket decides nothing by it
 * without the key.
 */
export function sealSnapshot(snapshot: SettingsSnapshot<unknown>, key: string): string {
  const body = JSON.stringify(snapshot);
  return `${signatureOf(body, key)}\n${body}`;
}

/** @throws when the text was not sealed with this key */
export function openSnapshot<Item>(text: string, key: string): SettingsSnapshot<Item> {
  const body = text.slice(SIGNATURE_CHARACTERS);
  const given = Buffer.from(text.slice(0, SIGNATURE_CHARACTERS - 1));
  const made = Buffer.from(signatureOf(body, key));
  if (given.length !== made.length || !timingSafeEqual(given, made)) {
    throw new Error('The snapshot of the settings is not signed with the key of the deployment.');
  }
  return JSON.parse(body) as SettingsSnapshot<Item>;
}

/** The purpose is signed, too: the key also signs URLs, whose signatures must not pass for this one. */
const signatureOf = (body: string, key: string): string =>
  createHmac('sha256', key).update(`vitrine-settings-snapshot\n${body}`).digest('hex');

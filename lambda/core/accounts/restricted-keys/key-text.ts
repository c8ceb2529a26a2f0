import { crc32 } from 'node:zlib';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Base 62 of 32 bytes. */
const SECRET_CHARACTERS = 43;
const CHECK_CHARACTERS = 6;

/** Characters that are kept and listed, so that people can tell their keys apart: the prefix and three of the secret. */
const SHOWN_CHARACTERS = 11;

const FORM = new RegExp(`^private_([0-9A-Za-z]{${SECRET_CHARACTERS}})([0-9A-Za-z]{${CHECK_CHARACTERS}})$`);

/**
 * A key as it is given out: the prefix that ImageKit's SDKs and secret scanners know, the secret, and a checksum, with
 * which a mistyped key is refused without a question to the table.
 * @param random 32 bytes that nobody can guess
 */
export function keyText(random: Uint8Array): string {
  const secret = base62(BigInt(`0x${Buffer.from(random).toString('hex')}`), SECRET_CHARACTERS);
  return `private_${secret}${checksum(secret)}`;
}

export function isKeyText(text: string): boolean {
  const [, secret = '', check] = FORM.exec(text) ?? [];
  return check === checksum(secret);
}

export const shownStart = (text: string): string => text.slice(0, SHOWN_CHARACTERS);

const checksum = (secret: string): string => base62(BigInt(crc32(secret)), CHECK_CHARACTERS);

function base62(value: bigint, characters: number): string {
  let text = '';
  for (let left = value; left > 0n; left /= 62n) text = DIGITS[Number(left % 62n)] + text;
  return text.padStart(characters, '0');
}

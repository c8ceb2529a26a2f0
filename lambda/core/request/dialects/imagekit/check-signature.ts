import type { EdgeKey, SignatureCheck } from '../../signature-check.ts';

/**
 * Verifies ImageKit's signed URLs (ImageKit, "Signed URLs"): `ik-s` is the lower-case hexadecimal HMAC-SHA1, keyed with
 * a private key, of what follows the endpoint's base, without `ik-t` and `ik-s`, and of the expiry right behind it.
 */

/** What SDKs sign for a URL that never expires; such a URL has no `ik-t`. */
const NEVER = '9999999999';

/**
 * Escapes that HTTP clients put where SDK 7 signs the characters themselves: spaces, a few marks, everything outside
 * ASCII.
 */
const CLIENT_ESCAPES = /(%(20|22|3[ce]|60|7[bd])|(%[89a-f][0-9a-f])+)/gi;

const refused = (verdict: 'unsigned' | 'wrong' | 'expired'): SignatureCheck => ({
  verdict: verdict,
  expires: 0,
  key: '',
});

/**
 * @param rawPath as received, with its leading slash; nothing decoded, merged or reordered
 * @param rawQuery as received, without `?`
 * @param prefix of the endpoint, without slashes; empty for none
 * @param now seconds since 1970
 * @param hmacSha1 lower-case hexadecimal HMAC-SHA1 of a text
 */
export function checkSignature(
  rawPath: string,
  rawQuery: string,
  prefix: string,
  keys: readonly EdgeKey[],
  now: number,
  hmacSha1: (key: string, text: string) => string,
): SignatureCheck {
  const items = rawQuery.split('&');
  const valuesOf = (name: RegExp): string[] => items.filter((item) => name.test(item)).map((item) => item.slice(5));
  const signatures = valuesOf(/^ik-s(=|$)/);
  const expiries = valuesOf(/^ik-t(=|$)/);
  const rest = items.filter((item) => item && !/^ik-[st](=|$)/.test(item));
  if (!signatures.length && !expiries.length) return refused('unsigned');
  const expiry = expiries.length ? (expiries[0] as string) : NEVER;
  // Exactly ten digits: nothing stands between URL and expiry in the signed text, so that a digit at the end of the URL
  // could be moved in front of the expiry, which would then be centuries away.
  const wellFormed = /^[0-9a-f]{40}$/.test(signatures[0] || '') && /^\d{10}$/.test(expiry);
  if (signatures.length !== 1 || expiries.length > 1 || !wellFormed) return refused('wrong');
  const texts = signedTexts(rawPath, rest.join('&'), prefix);
  const key = keyThatSigned(texts, expiry, signatures[0] as string, keys, now, hmacSha1);
  if (!key) return refused('wrong');
  if (Number(expiry) < now) return refused('expired');
  return { verdict: 'valid', expires: expiry === NEVER ? 0 : Number(expiry), key: key };
}

/**
 * What an SDK may have signed for this URL: without the account's base or the endpoint's, as received or not yet
 * escaped.
 */
function signedTexts(rawPath: string, query: string, prefix: string): string[] {
  const texts: string[] = [];
  const add = (base: string): void => {
    if (rawPath.indexOf(base) !== 0) return;
    const path = rawPath.slice(base.length);
    const asReceived = query ? `${path}?${query}` : path;
    const unescaped = undo(path, '/', /^tr:/) + (query && `?${undo(query, '&', /^tr=/)}`);
    texts.push(asReceived);
    if (unescaped !== asReceived) texts.push(unescaped);
  };
  ['/', prefix && `/${prefix}/`].forEach((base) => {
    if (!base) return;
    add(base);
    add(`${base}ik-seo/`);
  });
  return texts;
}

/** Takes the clients' escapes out of the parts that hold a transformation, and of no others. */
function undo(text: string, separator: string, transformation: RegExp): string {
  return text
    .split(separator)
    .map((part) => (transformation.test(part) ? part.replace(CLIENT_ESCAPES, undoEscape) : part))
    .join(separator);
}

function undoEscape(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch (_notUtf8) {
    return escaped;
  }
}

/** Tries every key on every text to the end, so that the time taken tells nothing about near matches. */
function keyThatSigned(
  texts: readonly string[],
  expiry: string,
  signature: string,
  keys: readonly EdgeKey[],
  now: number,
  hmacSha1: (key: string, text: string) => string,
): string {
  let found = '';
  keys.forEach((key) => {
    if (!key.k || now < key.s || (key.e && now >= key.e)) return;
    texts.forEach((text) => {
      if (isEqual(hmacSha1(key.k, text + expiry), signature)) found = key.i;
    });
  });
  return found;
}

/** In constant time. Both have 40 characters. */
function isEqual(a: string, b: string): boolean {
  let difference = 0;
  for (let index = 0; index < 40; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return !difference;
}

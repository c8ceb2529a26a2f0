import type { EdgeKey, SignatureCheck } from '../../signature-check.ts';

/**
 * Verifies ImageKit's signed URLs (ImageKit, "Signed URLs"): `ik-s` is the lower-case hexadecimal HMAC-SHA1, keyed with
 * a private key, of what follows the endpoint's base, without `ik-t` and `ik-s`, and of the expiry right behind it.
 */

/** The expiry that SDKs sign for a URL that never expires; such a URL has no `ik-t`. */
const NEVER = 't=9999999999';

/**
 * Escapes that HTTP clients put where SDK 7 signs the characters themselves: spaces, a few marks, everything outside
 * ASCII.
 */
const CLIENT_ESCAPES = /(%(20|22|3[ce]|60|7[bd])|(%[89a-f][0-9a-f])+)/gi;

const refused = (verdict: 'unsigned' | 'wrong' | 'expired'): SignatureCheck => ({
  verdict: verdict,
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
  let proof = '';
  let expiry = '';
  const rest = rawQuery.split('&').filter((item) => {
    if (/^ik-s(=|$)/.test(item)) proof += item.slice(3);
    else if (/^ik-t(=|$)/.test(item)) expiry += item.slice(3);
    else return item;
    return false;
  });
  if (!proof && !expiry) return refused('unsigned');
  // Each once. Exactly ten digits: nothing stands between URL and expiry in the signed text, so that a digit at the end
  // of the URL could be moved in front of the expiry, which would then be centuries away.
  const found = /^s=([0-9a-f]{40})t=(\d{10})$/.exec(proof + (expiry || NEVER));
  if (!found) return refused('wrong');
  expiry = found[2] as string;
  const texts = signedTexts(rawPath, rest.join('&'), prefix);
  let key = '';
  // Every key on every text to the end, so that the time taken tells nothing about near matches.
  keys.forEach((one) => {
    if (!one.k || now < one.s || (one.e && now >= one.e)) return;
    texts.forEach((text) => {
      if (isEqual(hmacSha1(one.k, text + expiry), found[1] as string)) key = one.i;
    });
  });
  if (!key) return refused('wrong');
  if (+expiry < now) return refused('expired');
  return { verdict: 'valid', key: key };
}

/**
 * What an SDK may have signed for this URL: without the account's base or the endpoint's, as received or not yet
 * escaped.
 */
function signedTexts(rawPath: string, query: string, prefix: string): string[] {
  const texts: string[] = [];
  ['/', '/ik-seo/', `/${prefix}/`, `/${prefix}/ik-seo/`].forEach((base) => {
    if (base.startsWith('//') || !rawPath.startsWith(base)) return;
    const path = rawPath.slice(base.length);
    add(path, query);
    add(undo(path, /(^|\/)tr:[^/]*/g), undo(query, /(^|&)tr=[^&]*/g));
  });
  function add(path: string, itsQuery: string): void {
    const text = itsQuery ? `${path}?${itsQuery}` : path;
    if (!texts.includes(text)) texts.push(text);
  }
  return texts;
}

/** Takes the clients' escapes out of the parts that hold a transformation, and of no others. */
function undo(text: string, transformations: RegExp): string {
  return text.replace(transformations, (part) => part.replace(CLIENT_ESCAPES, decodeURIComponent));
}

/** In constant time. Both have 40 characters. */
function isEqual(a: string, b: string): boolean {
  let difference = 0;
  for (let index = 0; index < 40; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return !difference;
}

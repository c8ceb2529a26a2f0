import { globMatches } from './glob.ts';

/**
 * Block and allow rules as the edge and the transformer decide by them. Members have one letter, because a value of the
 * KeyValueStore has 1024 bytes and the function 10,240.
 */

/** What rules are asked about, by kind of rule. */
export interface RequestFacts {
  /** Address, as `addressHex` gives it. */
  readonly i: string;
  /** Country, ISO 3166-1 alpha-2; empty when nobody knows. */
  readonly c: string;
  /** Referrer, as `referrerHost` gives it. */
  readonly r: string;
  /** Path, as `foldPath` gives it. */
  readonly p: string;
  /** Now, seconds since 1970. */
  readonly now: number;
}

/** A rule in the KeyValueStore. */
export interface EdgeRule {
  /** Kind: address blocks, countries, referrers, URL patterns. */
  readonly k: 'i' | 'c' | 'r' | 'p';
  /** 1: only these are let in. Absent: these are refused. */
  readonly a?: 1;
  /**
   * Values: address blocks as `blockText` writes them; country codes; hosts or `*.host`, with an empty text for requests
   * without a referrer; folded patterns.
   */
  readonly v: readonly string[];
  /** Seconds since 1970: not before, and not from then on. */
  readonly s?: number;
  readonly e?: number;
}

/**
 * Whether the rules of one scope refuse a request: a block rule takes it, or there are allow rules of a kind and none of
 * them takes it. So a block outweighs an allowance.
 */
export function isRefused(rules: readonly EdgeRule[], facts: RequestFacts): boolean {
  const taken: Record<string, boolean> = {};
  rules.forEach((rule) => {
    // What is absent compares as false.
    if (facts.now < (rule.s as number) || facts.now >= (rule.e as number)) return;
    const group = rule.k + (rule.a || 0);
    taken[group] = taken[group] || rule.v.some((value) => takes(rule.k, value, facts[rule.k]));
  });
  return Object.keys(taken).some((group) => taken[group] !== group.endsWith('1'));
}

function takes(kind: string, value: string, fact: string): boolean {
  if (kind === 'p') return globMatches(value, fact);
  if (kind === 'i') {
    // `g` comes after every digit, so whatever goes on with the digits of the end is before it.
    const ends = value.split('-');
    return fact >= (ends[0] as string) && fact < `${ends[1] || ends[0]}g`;
  }
  // `*.example.com` takes what ends with `.example.com`; the host itself and `evil-example.com` do not.
  return value[0] === '*' ? fact.endsWith(value.slice(1)) : value === fact;
}

/**
 * An address as family and hexadecimal digits, `4c0000201` or `6` with 32 digits, so that a block is a prefix. IPv4 in
 * IPv6's clothes (`::ffff:192.0.2.1`) is IPv4. The address is CloudFront's own word and holds.
 */
export function addressHex(address: string): string {
  const bytes = address.replace(/^::ffff:/i, '').split('.');
  if (bytes.length === 4) return `4${bytes.map((byte) => (+byte).toString(16).padStart(2, '0')).join('')}`;
  // Eight groups have seven colons; `::` stands for as many groups as are missing.
  const groups = address.replace('::', ':'.repeat(10 - address.split(':').length)).split(':');
  const digits = groups.map((group) => group.padStart(4, '0')).join('');
  return `6${digits.toLowerCase()}`.replace(/^60{20}ffff/, '4');
}

/**
 * The host of a `Referer` header in lower case, without port. Empty when there is none or it is malformed: with userinfo
 * (RFC 9110, section 10.1.3, forbids it, and it makes one host look like another), not of the web, or not ASCII.
 */
export function referrerHost(header: string): string {
  const found = /^https?:\/\/([\w.-]+|\[[\da-f:.]+\])(:\d*)?([/?#]|$)/i.exec(header);
  return found ? (found[1] as string).toLowerCase().replace(/\.$/, '') : '';
}

/**
 * Whether a request comes from the CDN in front and names its viewer. Hashes are compared, not secrets: how far two hashes are
 * alike tells nothing about a secret, so the time of the comparison is none of an attacker's use. Of an address only the
 * letters are looked at: it is the CDN's word.
 * @param hashes SHA-256 of the secrets that are good, with commas between them
 * @param hash SHA-256 of the secret that was shown; empty when there was none
 */
export function isFromCdn(hashes: string, hash: string, address: string): boolean {
  return hash !== '' && hashes.split(',').indexOf(hash) >= 0 && /^[\da-f]*[.:][\da-f.:]+$/i.test(address);
}

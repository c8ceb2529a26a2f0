import { globMatches } from './glob.ts';

/**
 * Block and allow rules as the edge and the transformer decide by them. Written in the language of the edge, see
 * canonical-url.ts.
 */

/** A rule in the KeyValueStore. Names are short because a value of the store has 1024 bytes. */
export interface EdgeRule {
  /** Kind: `i` address blocks, `c` countries, `r` referrers, `p` URL patterns. */
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

/** What rules are asked about. */
export interface RequestFacts {
  /** As `addressHex` gives it. */
  readonly address: string;
  /** ISO 3166-1 alpha-2; empty when nobody knows. */
  readonly country: string;
  /** As `referrerHost` gives it. */
  readonly referrer: string;
  /** As `foldPath` gives it. */
  readonly path: string;
  /** Seconds since 1970. */
  readonly now: number;
}

/**
 * Whether the rules of one scope refuse a request: a block rule takes it, or there are allow rules of a kind and none of
 * them takes it. So a block outweighs an allowance.
 */
export function isRefused(rules: readonly EdgeRule[], facts: RequestFacts): boolean {
  let blocked = false;
  const allowed: Record<string, boolean> = {};
  rules.forEach((rule) => {
    if ((rule.s && facts.now < rule.s) || (rule.e && facts.now >= rule.e)) return;
    const taken = rule.v.some((value) => takes(rule.k, value, facts));
    if (rule.a) allowed[rule.k] = taken || allowed[rule.k] === true;
    else blocked = blocked || taken;
  });
  return blocked || Object.keys(allowed).some((kind) => !allowed[kind]);
}

function takes(kind: string, value: string, facts: RequestFacts): boolean {
  if (kind === 'p') return globMatches(value, facts.path);
  if (kind === 'c') return value === facts.country;
  if (kind === 'i') return isInBlock(value, facts.address);
  // `*.example.com` takes what ends with `.example.com`; the host itself and `evil-example.com` do not.
  return value.charAt(0) === '*' ? facts.referrer.endsWith(value.slice(1)) : value === facts.referrer;
}

/**
 * An address as family and hexadecimal digits, `4c0000201` or `6` with 32 digits, so that a block is a prefix. IPv4 in
 * IPv6's clothes (`::ffff:192.0.2.1`) is IPv4. Empty for what is no address.
 */
export function addressHex(address: string): string {
  const dotted = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/i.exec(address);
  if (dotted) {
    return `4${dotted
      .slice(1)
      .map((byte) => Number(byte).toString(16).padStart(2, '0'))
      .join('')}`;
  }
  const halves = address.split('::');
  if (!/^[\da-f:]+$/i.test(address) || halves.length > 2) return '';
  const head = groups(halves[0] as string);
  const tail = groups(halves[1] || '');
  const digits = head + '0'.repeat(Math.max(0, 32 - head.length - tail.length)) + tail;
  if (digits.length !== 32) return '';
  return digits.startsWith('00000000000000000000ffff') ? `4${digits.slice(24)}` : `6${digits}`;
}

function groups(half: string): string {
  return half
    ? half
        .toLowerCase()
        .split(':')
        .map((group) => group.padStart(4, '0'))
        .join('')
    : '';
}

/** A block is a prefix of `addressHex`; with `-x` at its end the last digit may be any up to x. */
function isInBlock(block: string, address: string): boolean {
  const dash = block.indexOf('-');
  const low = dash < 0 ? block : block.slice(0, dash);
  const high = dash < 0 ? block : low.slice(0, -1) + block.slice(dash + 1);
  const prefix = address.slice(0, low.length);
  return prefix >= low && prefix <= high;
}

/**
 * The host of a `Referer` header in lower case, without port. Empty when there is none or it is malformed: with userinfo
 * (RFC 9110, section 10.1.3, forbids it, and it makes one host look like another), not of the web, or not ASCII.
 */
export function referrerHost(header: string): string {
  const found = /^https?:\/\/(\[[\da-f:.]+\]|[\da-z_.-]+)(:\d*)?([/?#]|$)/i.exec(header);
  return found ? (found[1] as string).toLowerCase().replace(/\.$/, '') : '';
}

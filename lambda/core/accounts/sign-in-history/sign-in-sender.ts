import { isIPv4, isIPv6 } from 'node:net';

/** Families of programs that people sign in with; everything else is `other`. */
export const BROWSERS = ['firefox', 'edge', 'opera', 'chrome', 'safari', 'other'] as const;
export const SYSTEMS = ['windows', 'android', 'ios', 'macos', 'linux', 'other'] as const;

/** From where somebody signs in: no more than lets them see that it was not they. */
export interface SignInSender {
  /** The block that the address lies in, of 256 addresses (IPv4) or of a site (IPv6, /48). @default nobody knows the address */
  readonly network?: string;
  readonly browser: (typeof BROWSERS)[number];
  readonly system: (typeof SYSTEMS)[number];
}

/** The first that fits counts: most browsers name those that they want to be taken for. */
const BROWSER_SIGNS = {
  firefox: /firefox\//i,
  edge: /edga?\/|edgios\//i,
  opera: /opr\//i,
  chrome: /chrome\/|crios\//i,
};
const SYSTEM_SIGNS = {
  windows: /windows/i,
  android: /android/i,
  ios: /iphone|ipad/i,
  macos: /mac os x/i,
  linux: /linux/i,
};

/** @param userAgent the header as a client sent it, which may say anything */
export function signInSender(address: string | undefined, userAgent: string): SignInSender {
  const network = address === undefined ? undefined : networkOf(address);
  const named = firstThatFits(BROWSER_SIGNS, userAgent);
  return {
    ...(network !== undefined && { network }),
    browser: named ?? (/safari\//i.test(userAgent) ? 'safari' : 'other'),
    system: firstThatFits(SYSTEM_SIGNS, userAgent) ?? 'other',
  };
}

function firstThatFits<Name extends string>(signs: Readonly<Record<Name, RegExp>>, text: string): Name | undefined {
  return (Object.keys(signs) as Name[]).find((name) => signs[name].test(text));
}

const BITS_OF_A_GROUP = 16;

/** The block of an address; undefined for what is none. An IPv4 address that is written as IPv6 (RFC 4291, 2.5.5.2) is one of IPv4. */
export function networkOf(address: string): string | undefined {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  if (!isIPv6(plain) || plain.includes('%')) return undefined;
  const groups = groupsOf(plain).slice(0, 48 / BITS_OF_A_GROUP);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/48`;
}

/** The eight groups of an IPv6 address, zeros that `::` stands for included. */
function groupsOf(address: string): string[] {
  const [left = '', right = ''] = address.split('::');
  const before = left === '' ? [] : left.split(':');
  const after = right === '' ? [] : right.split(':');
  return [...before, ...Array(Math.max(8 - before.length - after.length, 0)).fill('0'), ...after];
}

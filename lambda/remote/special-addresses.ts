import { BlockList, isIP } from 'node:net';
import { once } from '../core/kernel/once.ts';

/**
 * Which addresses a fetch on a user's behalf may reach: only globally routable ones. Anything else would turn the
 * product into a way into its own network (server-side request forgery): metadata services, loopback, neighbours.
 *
 * Blocks: IANA "IPv4 Special-Purpose Address Registry" and "IPv6 Special-Purpose Address Registry", plus multicast and
 * the reserved ranges, which those leave to other registries.
 */
const IPV4_SPECIAL: readonly string[] = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private use
  '100.64.0.0/10', // shared address space
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link local, with the metadata services of clouds
  '172.16.0.0/12', // private use
  '192.0.0.0/24', // IETF protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relay, deprecated
  '192.168.0.0/16', // private use
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and limited broadcast
];

/** Outside 2000::/3 nothing is global unicast (RFC 4291), so these are the special blocks inside it. */
const IPV6_SPECIAL: readonly string[] = [
  '2001::/23', // IETF protocol assignments: Teredo, benchmarking, ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4, which wraps any IPv4 address
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
];

/** The lists that decide. They are made at the first fetch: the transformer, which may never make one, starts sooner. */
const lists = once(() => ({
  /** Forms that carry an IPv4 address in their last four bytes; the wrapped address decides. */
  wrapped4: blockList(['::ffff:0:0/96', '64:ff9b::/96']),
  special4: blockList(IPV4_SPECIAL),
  special6: blockList(IPV6_SPECIAL),
  globalUnicast6: blockList(['2000::/3']),
}));

/** Builds a list from CIDR notation. @throws RangeError naming the block that is not one */
export function blockList(blocks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    const [address = '', prefix = ''] = block.trim().split('/');
    const family = isIP(address);
    if (!family || !/^\d{1,3}$/.test(prefix) || Number(prefix) > (family === 4 ? 32 : 128)) {
      throw new RangeError(`"${block}" is not a CIDR block.`);
    }
    list.addSubnet(address, Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

/** Whether an IP address, in any textual form, is globally routable. */
export function isPublicAddress(address: string): boolean {
  const { wrapped4, special4, special6, globalUnicast6 } = lists();
  if (isIP(address) === 4) return !special4.check(address, 'ipv4');
  if (isIP(address) !== 6 || address.includes('%')) return false;
  if (wrapped4.check(address, 'ipv6')) return !special4.check(wrappedIpv4(address), 'ipv4');
  if (!globalUnicast6.check(address, 'ipv6') || special6.check(address, 'ipv6')) return false;
  return !isIsatap(address);
}

/** The eight 16-bit groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  const hexOnly = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((group) => group.toString(16)).join(':'),
  );
  const [head = '', tail] = hexOnly.split('::');
  const parse = (part: string) => (part ? part.split(':').map((group) => Number.parseInt(group, 16)) : []);
  if (tail === undefined) return parse(head);
  const before = parse(head);
  const after = parse(tail);
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function wrappedIpv4(address: string): string {
  const [high = 0, low = 0] = groupsOf(address).slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** RFC 5214: interface identifier 0:5efe or 200:5efe followed by an IPv4 address, reached through a tunnel. */
function isIsatap(address: string): boolean {
  const groups = groupsOf(address);
  return groups[5] === 0x5efe && (groups[4] === 0 || groups[4] === 0x200);
}

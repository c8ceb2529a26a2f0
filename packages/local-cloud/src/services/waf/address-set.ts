import { BlockList, isIP, isIPv6 } from 'node:net';
import type { Config, WebAclRequest } from './web-acl-request.ts';

type AddressMatch = (request: WebAclRequest) => boolean;

/** Compiled sets, by their properties: a set that changes has others. */
const COMPILED = new WeakMap<Config, AddressMatch>();

/**
 * Whether a request comes from an address of the set.
 * @throws when the set is not there or has what is no CIDR block
 */
export function addressMatch(ipSet: Config | undefined, arn: string): AddressMatch {
  if (!ipSet) throw new Error(`There is no IP set ${arn}.`);
  const match = COMPILED.get(ipSet) ?? compile(ipSet, arn);
  COMPILED.set(ipSet, match);
  return match;
}

function compile(ipSet: Config, arn: string): AddressMatch {
  const list = new BlockList();
  for (const block of (ipSet.Addresses ?? []) as readonly string[]) {
    const [, network = '', prefix = ''] = /^([^/]+)\/(\d{1,3})$/.exec(block) ?? [];
    if (isIP(network) === 0) throw new Error(`"${block}" in the IP set ${arn} is no CIDR block.`);
    list.addSubnet(network, Number(prefix), familyOf(network));
  }
  return ({ ip }) => isIP(ip) !== 0 && list.check(ip, familyOf(ip));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

import type { Rule, WAFV2Client } from '@aws-sdk/client-wafv2';
import { CreateIPSetCommand, GetIPSetCommand, UpdateIPSetCommand } from '@aws-sdk/client-wafv2';
import type { WebAclState } from '../../core/protection/rules/web-acl-state.ts';
import { SCOPE, withLock } from './web-acl-lock.ts';

/** One IP set of ours: what its name has behind the rule group's, and which addresses are its own. */
export interface AddressSet {
  readonly suffix: string;
  readonly version: 'IPV4' | 'IPV6';
  readonly addresses: (state: WebAclState) => readonly string[];
}

export const ADDRESS_SETS = {
  blockIpv4: { suffix: 'block-ipv4', version: 'IPV4', addresses: ({ block }) => block.ipv4 },
  blockIpv6: { suffix: 'block-ipv6', version: 'IPV6', addresses: ({ block }) => block.ipv6 },
  allowIpv4: { suffix: 'allow-ipv4', version: 'IPV4', addresses: ({ allow }) => allow.ipv4 },
  allowIpv6: { suffix: 'allow-ipv6', version: 'IPV6', addresses: ({ allow }) => allow.ipv6 },
} as const satisfies Record<string, AddressSet>;

/** ARNs of the sets that exist. */
export type SetArns = ReadonlyMap<AddressSet, string>;

/** The sets that the rules of a group refer to: the group is the only list of them. */
export function setsIn(rules: readonly Rule[], group: string): SetArns {
  const arns = [...JSON.stringify(rules).matchAll(/"ARN":"([^"]+)"/g)].map(([, arn = '']) => arn);
  const found = Object.values(ADDRESS_SETS).map((set) => {
    const arn = arns.find((one) => nameAndId(one).Name.startsWith(`${group}-${set.suffix}-`));
    return [set, arn] as const;
  });
  return new Map(found.flatMap(([set, arn]) => (arn === undefined ? [] : [[set, arn]])));
}

/**
 * Makes a set with its addresses. Its name is a new one: a call that died before it put the set into the group has left
 * one behind, and names are unique.
 * @returns its ARN
 */
export async function createSet(
  client: WAFV2Client,
  group: string,
  { suffix, version }: AddressSet,
  addresses: readonly string[],
): Promise<string> {
  const { Summary } = await client.send(
    new CreateIPSetCommand({
      Name: `${group}-${suffix}-${Math.random().toString(36).slice(2, 10)}`,
      Scope: SCOPE,
      IPAddressVersion: version,
      Addresses: [...addresses],
      Description: 'Addresses of access rules; kept by the API, not by a stack',
    }),
  );
  if (!Summary?.ARN) throw new Error('AWS WAF made an IP set without an ARN.');
  return Summary.ARN;
}

/** Gives a set exactly these addresses, if it has others. */
export async function updateSet(client: WAFV2Client, arn: string, addresses: readonly string[]): Promise<void> {
  const place = { ...nameAndId(arn), Scope: SCOPE } as const;
  await withLock(async () => {
    const { IPSet, LockToken } = await client.send(new GetIPSetCommand(place));
    if (sameAddresses(IPSet?.Addresses ?? [], addresses)) return;
    await client.send(new UpdateIPSetCommand({ ...place, LockToken, Addresses: [...addresses] }));
  });
}

/** From the end of an ARN, `…/NAME/ID` (AWS, "Resource types defined by AWS WAF V2"). */
export function nameAndId(arn: string): { readonly Name: string; readonly Id: string } {
  const [Id = '', Name = ''] = arn.split('/').reverse();
  return { Name, Id };
}

/** AWS may write IPv6 in another form than it was given. */
function sameAddresses(present: readonly string[], wanted: readonly string[]): boolean {
  const forms = new Set(present.map(canonical));
  return forms.size === wanted.length && wanted.every((one) => forms.has(canonical(one)));
}

function canonical(block: string): string {
  const [address = '', prefix] = block.split('/');
  return address.includes(':') ? `${new URL(`http://[${address}]`).hostname}/${prefix}` : block;
}

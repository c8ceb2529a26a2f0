import type { WAFV2Client } from '@aws-sdk/client-wafv2';
import { CreateIPSetCommand, GetIPSetCommand, ListIPSetsCommand, UpdateIPSetCommand } from '@aws-sdk/client-wafv2';
import type { EffectState, WebAclState } from '../core/access/rules/web-acl-state.ts';
import { SCOPE, withLock } from './web-acl-lock.ts';

/** One IP set of ours: what it is called behind the rule group's name, and which addresses are its own. */
export interface AddressSet {
  readonly suffix: string;
  readonly version: 'IPV4' | 'IPV6';
  readonly addresses: (state: WebAclState) => readonly string[];
}

const set = (effect: keyof WebAclState, family: 'ipv4' | 'ipv6'): AddressSet => ({
  suffix: `${effect}-${family}`,
  version: family === 'ipv4' ? 'IPV4' : 'IPV6',
  addresses: (state) => (state[effect] satisfies EffectState)[family],
});

export const ADDRESS_SETS = {
  blockIpv4: set('block', 'ipv4'),
  blockIpv6: set('block', 'ipv6'),
  allowIpv4: set('allow', 'ipv4'),
  allowIpv6: set('allow', 'ipv6'),
} as const satisfies Record<string, AddressSet>;

/** Where an IP set is. */
export interface SetPlace {
  readonly Name: string;
  readonly Id: string;
  readonly ARN: string;
}

/** Places of the sets of ours that exist, by name. There are at most a few sets in an account (100 by quota). */
export async function findSets(client: WAFV2Client): Promise<Map<string, SetPlace>> {
  const places = new Map<string, SetPlace>();
  let marker: string | undefined;
  do {
    const page = await client.send(
      new ListIPSetsCommand({ Scope: SCOPE, Limit: 100, ...(marker && { NextMarker: marker }) }),
    );
    for (const { Name, Id, ARN } of page.IPSets ?? []) if (Name && Id && ARN) places.set(Name, { Name, Id, ARN });
    marker = page.NextMarker;
  } while (marker);
  return places;
}

/** Makes a set with its addresses. */
export async function createSet(
  client: WAFV2Client,
  name: string,
  version: AddressSet['version'],
  addresses: readonly string[],
): Promise<SetPlace> {
  const { Summary } = await client.send(
    new CreateIPSetCommand({
      Name: name,
      Scope: SCOPE,
      IPAddressVersion: version,
      Addresses: [...addresses],
      Description: 'Addresses of block and allow rules; kept by the API, not by a stack',
    }),
  );
  if (!Summary?.Id || !Summary.ARN) throw new Error('AWS WAF made an IP set without an id.');
  return { Name: name, Id: Summary.Id, ARN: Summary.ARN };
}

/** Gives a set exactly these addresses, if it has others. */
export async function updateSet(
  client: WAFV2Client,
  { Name, Id }: SetPlace,
  addresses: readonly string[],
): Promise<void> {
  await withLock(async () => {
    const { IPSet, LockToken } = await client.send(new GetIPSetCommand({ Name, Id, Scope: SCOPE }));
    if (sameAddresses(IPSet?.Addresses ?? [], addresses)) return;
    await client.send(new UpdateIPSetCommand({ Name, Id, Scope: SCOPE, LockToken, Addresses: [...addresses] }));
  });
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

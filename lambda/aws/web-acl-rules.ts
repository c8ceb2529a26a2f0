import { isDeepStrictEqual } from 'node:util';
import type { Rule, Statement, WAFV2Client } from '@aws-sdk/client-wafv2';
import { GetRuleGroupCommand, UpdateRuleGroupCommand } from '@aws-sdk/client-wafv2';
import type { WebAclRules } from '../core/access/rules/sync-web-acl.ts';
import type { WebAclState } from '../core/access/rules/web-acl-state.ts';
import type { AddressSet, SetPlace } from './web-acl-addresses.ts';
import { ADDRESS_SETS, createSet, findSets, updateSet } from './web-acl-addresses.ts';
import { SCOPE, withLock } from './web-acl-lock.ts';

/** Countries of one statement (AWS WAF, "GeoMatchStatement"). */
const COUNTRIES_OF_STATEMENT = 50;

type Sets = ReadonlyMap<AddressSet, SetPlace>;

/**
 * The rules of the web ACL that change at run time. The stack declares the rule group without its rules, and no IP set:
 * so neither a deployment nor CloudFormation's drift detection finds anything that differs. Sets are filled before the
 * group asks for them and emptied after it has ceased to, because an allow rule on an empty set refuses everybody.
 * @param client one of us-east-1
 * @param groupArn the rule group
 */
export function webAclRules(client: WAFV2Client, groupArn: () => Promise<string>): WebAclRules {
  return {
    apply: async (state) => {
      const arn = await groupArn();
      const [, name = '', id = ''] = /\/rulegroup\/([^/]+)\/([^/]+)$/.exec(arn) ?? [];
      const present = await findSets(client);
      const filled: Sets = await fillSets(client, name, state, present);
      await updateGroup(client, { name, id }, rulesOf(state, filled));
      for (const one of Object.values(ADDRESS_SETS)) {
        const place = present.get(nameOf(name, one));
        if (place && !filled.has(one)) await updateSet(client, place, []);
      }
    },
  };
}

const nameOf = (group: string, { suffix }: AddressSet): string => `${group}-${suffix}`;

async function fillSets(
  client: WAFV2Client,
  group: string,
  state: WebAclState,
  present: ReadonlyMap<string, SetPlace>,
): Promise<Sets> {
  const filled = new Map<AddressSet, SetPlace>();
  for (const one of Object.values(ADDRESS_SETS)) {
    const addresses = one.addresses(state);
    if (addresses.length === 0) continue;
    const place = present.get(nameOf(group, one));
    if (place) await updateSet(client, place, addresses);
    filled.set(one, place ?? (await createSet(client, nameOf(group, one), one.version, addresses)));
  }
  return filled;
}

async function updateGroup(
  client: WAFV2Client,
  { name, id }: { readonly name: string; readonly id: string },
  rules: Rule[],
): Promise<void> {
  const place = { Name: name, Id: id, Scope: SCOPE } as const;
  await withLock(async () => {
    const { RuleGroup: group, LockToken } = await client.send(new GetRuleGroupCommand(place));
    if (isDeepStrictEqual(group?.Rules ?? [], rules)) return;
    const { VisibilityConfig } = group ?? {};
    await client.send(new UpdateRuleGroupCommand({ ...place, LockToken, Rules: rules, VisibilityConfig }));
  });
}

/** Blocks first, then who is let in at all. */
function rulesOf({ block, allow }: WebAclState, sets: Sets): Rule[] {
  const { blockIpv4, blockIpv6, allowIpv4, allowIpv6 } = ADDRESS_SETS;
  return [
    ...rule('BlockedAddresses', anyOf(inSets(sets, blockIpv4, blockIpv6))),
    ...rule('BlockedCountries', anyOf(inCountries(block.countries))),
    ...rule('AllowedAddresses', not(anyOf(inSets(sets, allowIpv4, allowIpv6)))),
    ...rule('AllowedCountries', not(anyOf(inCountries(allow.countries)))),
  ].map((one, Priority) => ({ ...one, Priority }));
}

function rule(name: string, statement: Statement | undefined): Omit<Rule, 'Priority'>[] {
  if (!statement) return [];
  const VisibilityConfig = { CloudWatchMetricsEnabled: true, MetricName: name, SampledRequestsEnabled: true };
  return [{ Name: name, Statement: statement, Action: { Block: {} }, VisibilityConfig }];
}

function inSets(sets: Sets, ...wanted: AddressSet[]): Statement[] {
  return wanted.flatMap((one) => {
    const place = sets.get(one);
    return place ? [{ IPSetReferenceStatement: { ARN: place.ARN } }] : [];
  });
}

function inCountries(codes: readonly string[]): Statement[] {
  const statements: Statement[] = [];
  for (let from = 0; from < codes.length; from += COUNTRIES_OF_STATEMENT) {
    const part = codes.slice(from, from + COUNTRIES_OF_STATEMENT) as NonNullable<
      Statement['GeoMatchStatement']
    >['CountryCodes'];
    statements.push({ GeoMatchStatement: { CountryCodes: part } });
  }
  return statements;
}

function anyOf(statements: Statement[]): Statement | undefined {
  return statements.length > 1 ? { OrStatement: { Statements: statements } } : statements[0];
}

function not(statement: Statement | undefined): Statement | undefined {
  return statement && { NotStatement: { Statement: statement } };
}

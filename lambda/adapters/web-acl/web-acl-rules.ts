import { isDeepStrictEqual } from 'node:util';
import type { CountryCode, FallbackBehavior, Rule, RuleGroup, Statement, WAFV2Client } from '@aws-sdk/client-wafv2';
import { GetRuleGroupCommand, UpdateRuleGroupCommand } from '@aws-sdk/client-wafv2';
import { groupFamily } from '../../contract/access-rules.ts';
import type { WebAclRules } from '../../core/protection/rules/sync-web-acl.ts';
import type { WebAclState } from '../../core/protection/rules/web-acl-state.ts';
import type { AddressSet, SetArns } from './web-acl-addresses.ts';
import { ADDRESS_SETS, createSet, nameAndId, setsIn, updateSet } from './web-acl-addresses.ts';
import { SCOPE, withLock } from './web-acl-lock.ts';

/** Countries of one statement (AWS WAF, "GeoMatchStatement"). */
const COUNTRIES_OF_STATEMENT = 50;

/**
 * The rules of the web ACL that change at run time. The stack declares the rule group without its rules, and no IP set:
 * so neither a deployment nor CloudFormation's drift detection finds anything that differs. Sets are filled before the
 * group asks for them and emptied after it has ceased to, because an allow rule on an empty set refuses everybody.
 * @param client one of us-east-1
 * @param groupArn the rule group
 * @param addressHeader in which another CDN names the viewer's address. @default rules go by who asks
 */
export function webAclRules(
  client: WAFV2Client,
  groupArn: () => Promise<string | undefined>,
  addressHeader: () => Promise<string | undefined> = async () => undefined,
): WebAclRules {
  return {
    apply: async (state) => {
      const arn = await groupArn();
      // Rules that need a web ACL are refused where there is none.
      if (arn === undefined) return;
      const place = { ...nameAndId(arn), Scope: SCOPE } as const;
      const read = () => client.send(new GetRuleGroupCommand(place));
      const { RuleGroup: before } = await read();
      const family = groupFamily(place.Name);
      const sets = await fillSets(client, family, state, setsIn(before?.Rules ?? [], family));
      const Rules = rulesOf(state, sets, await addressHeader());
      await withLock(async () => {
        const { RuleGroup: group, LockToken } = await read();
        if (hasRules(group, Rules)) return;
        const { VisibilityConfig } = group ?? {};
        await client.send(new UpdateRuleGroupCommand({ ...place, LockToken, Rules, VisibilityConfig }));
      });
      for (const [set, arn] of sets) if (set.addresses(state).length === 0) await updateSet(client, arn, []);
    },
  };
}

const hasRules = (group: RuleGroup | undefined, rules: readonly Rule[]): boolean =>
  isDeepStrictEqual(group?.Rules ?? [], rules);

/** @returns the sets that exist now: those that did, and new ones for what had none */
async function fillSets(client: WAFV2Client, group: string, state: WebAclState, present: SetArns): Promise<SetArns> {
  const sets = new Map(present);
  for (const set of Object.values(ADDRESS_SETS)) {
    const addresses = set.addresses(state);
    if (addresses.length === 0) continue;
    const arn = present.get(set);
    if (arn === undefined) sets.set(set, await createSet(client, group, set, addresses));
    else await updateSet(client, arn, addresses);
  }
  return sets;
}

/**
 * Blocks first, then who is let in at all. What has no addresses any more only counts: the group still knows its sets by
 * it.
 */
function rulesOf({ block, allow }: WebAclState, sets: SetArns, header: string | undefined): Rule[] {
  // Of an address that cannot be read both kinds of rules say what refuses it.
  const blocked = forwarded(header, 'MATCH');
  const letIn = forwarded(header, 'NO_MATCH');
  const { blockIpv4, blockIpv6, allowIpv4, allowIpv6 } = ADDRESS_SETS;
  const isAllowed = allow.ipv4.length + allow.ipv6.length > 0;
  return [
    ...rule('BlockedAddresses', anyOf(inSets(sets, blocked, blockIpv4, blockIpv6))),
    ...rule('BlockedCountries', anyOf(inCountries(block.countries, blocked))),
    ...rule('AllowedAddresses', not(anyOf(inSets(sets, letIn, allowIpv4, allowIpv6))), isAllowed ? 'Block' : 'Count'),
    ...rule('AllowedCountries', not(anyOf(inCountries(allow.countries, letIn)))),
  ].map((one, Priority) => ({ ...one, Priority }));
}

function rule(
  name: string,
  statement: Statement | undefined,
  action: 'Block' | 'Count' = 'Block',
): Omit<Rule, 'Priority'>[] {
  if (!statement) return [];
  const VisibilityConfig = { CloudWatchMetricsEnabled: true, MetricName: name, SampledRequestsEnabled: true };
  return [{ Name: name, Statement: statement, Action: { [action]: {} }, VisibilityConfig }];
}

type Forwarded = { readonly HeaderName: string; readonly FallbackBehavior: FallbackBehavior } | undefined;

/** Where another CDN is in front: in which header it names the viewer, and what holds of an address that is none. */
const forwarded = (header: string | undefined, fallback: FallbackBehavior): Forwarded =>
  header === undefined ? undefined : { HeaderName: header, FallbackBehavior: fallback };

function inSets(sets: SetArns, by: Forwarded, ...wanted: AddressSet[]): Statement[] {
  const IPSetForwardedIPConfig = by && ({ ...by, Position: 'FIRST' } as const);
  return wanted.flatMap((set) => {
    const ARN = sets.get(set);
    return ARN === undefined ? [] : [{ IPSetReferenceStatement: { ARN, ...(by && { IPSetForwardedIPConfig }) } }];
  });
}

function inCountries(codes: readonly string[], by: Forwarded): Statement[] {
  const statements: Statement[] = [];
  for (let from = 0; from < codes.length; from += COUNTRIES_OF_STATEMENT) {
    const CountryCodes = codes.slice(from, from + COUNTRIES_OF_STATEMENT) as CountryCode[];
    statements.push({ GeoMatchStatement: { CountryCodes, ...(by && { ForwardedIPConfig: by }) } });
  }
  return statements;
}

function anyOf(statements: Statement[]): Statement | undefined {
  return statements.length > 1 ? { OrStatement: { Statements: statements } } : statements[0];
}

function not(statement: Statement | undefined): Statement | undefined {
  return statement && { NotStatement: { Statement: statement } };
}

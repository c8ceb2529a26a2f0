import type { WAFV2Client } from '@aws-sdk/client-wafv2';
import {
  DeleteIPSetCommand,
  GetIPSetCommand,
  GetRuleGroupCommand,
  ListIPSetsCommand,
  type Rule,
  UpdateRuleGroupCommand,
} from '@aws-sdk/client-wafv2';
import { nameAndId } from './web-acl-addresses.ts';
import { SCOPE, withLock } from './web-acl-lock.ts';

/** Gives a new rule group the rules of the one before it; both then refer to the same IP sets. */
export async function copyRules(client: WAFV2Client, fromArn: string, toArn: string): Promise<void> {
  const { RuleGroup } = await client.send(new GetRuleGroupCommand({ ...nameAndId(fromArn), Scope: SCOPE }));
  await setRules(client, toArn, RuleGroup?.Rules ?? []);
}

/** Removes the rules of a group and the IP sets that were made for it or for those before it. */
export async function removeRules(client: WAFV2Client, groupArn: string, setNames: string): Promise<void> {
  await setRules(client, groupArn, []);
  for (const { Name, Id } of await setsOf(client, setNames)) {
    const place = { Name, Id, Scope: SCOPE } as const;
    await withLock(async () => {
      const { LockToken } = await client.send(new GetIPSetCommand(place));
      await client.send(new DeleteIPSetCommand({ ...place, LockToken }));
    });
  }
}

async function setRules(client: WAFV2Client, arn: string, Rules: Rule[]): Promise<void> {
  const place = { ...nameAndId(arn), Scope: SCOPE } as const;
  await withLock(async () => {
    const { RuleGroup, LockToken } = await client.send(new GetRuleGroupCommand(place));
    const { VisibilityConfig } = RuleGroup ?? {};
    await client.send(new UpdateRuleGroupCommand({ ...place, LockToken, Rules, VisibilityConfig }));
  });
}

async function setsOf(client: WAFV2Client, names: string) {
  const sets = [];
  let NextMarker: string | undefined;
  do {
    const page = await client.send(new ListIPSetsCommand({ Scope: SCOPE, NextMarker }));
    sets.push(...(page.IPSets ?? []).filter(({ Name = '' }) => Name.startsWith(names)));
    NextMarker = page.NextMarker;
  } while (NextMarker);
  return sets;
}

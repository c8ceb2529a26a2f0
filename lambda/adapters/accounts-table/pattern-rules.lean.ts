import type { PatternRule } from '../../core/protection/check-access.ts';
import type { Matcher } from '../../core/protection/rules/rule.ts';
import { SETTINGS_MEMORY } from '../../core/settings/settings-memory.ts';
import { cached } from '../cached.lean.ts';
import type { ItemReads, TableItem } from '../signed-http/dynamo-items.lean.ts';
import { RULE_KEY } from './accounts-keys.lean.ts';

/** The URL-pattern rules, read without SDK and ElectroDB: one query now and then. */
export function patternRules(accounts: ItemReads): () => Promise<readonly PatternRule[]> {
  return cached(async () => (await accounts.query(RULE_KEY.partitionOf('urlPattern'))).map(toRule), SETTINGS_MEMORY);
}

function toRule(item: TableItem): PatternRule {
  const { scope, effect, matcher, startsAt, endsAt } = item;
  const parsed = JSON.parse(matcher?.S ?? '') as Matcher;
  if (parsed.type !== 'urlPattern' || !scope?.S) throw new Error('A rule in the accounts table is damaged.');
  return {
    scope: scope.S,
    effect: effect?.S === 'allow' ? 'allow' : 'block',
    patterns: parsed.patterns,
    ...(startsAt?.S !== undefined && { startsAt: startsAt.S }),
    ...(endsAt?.S !== undefined && { endsAt: endsAt.S }),
  };
}

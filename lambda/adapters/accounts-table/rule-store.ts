import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Service } from 'electrodb';
import { once } from '../../core/kernel/once.ts';
import type { Matcher, MatcherType, Rule } from '../../core/protection/rules/rule.ts';
import { MATCHER_TYPES, typeOfRuleId } from '../../core/protection/rules/rule.ts';
import type { RuleChange, RuleStore } from '../../core/protection/rules/rule-store.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import type { DeleteItem, PutItem } from '../audit-table/transact-item.ts';
import { ruleEntity } from './rule-entity.ts';

const CONSISTENT = { consistent: true } as const;

/** A rule's item, as far as it is the rule's own. */
interface RuleRecord extends Omit<Rule, 'matcher'> {
  readonly type: MatcherType;
  readonly matcher: string;
}

/** The rules in the accounts table. */
export function ruleStore(client: DynamoDBClient, table: string, commit: CommitWithEvent): RuleStore {
  const rule = once(() => new Service({ rule: ruleEntity() }, { client, table }).entities.rule);
  const keyOf = (id: string) => {
    const type = typeOfRuleId(id);
    return type && { type, id };
  };
  const put = ({ matcher, ...others }: Rule) => ({
    Put: rule()
      .put({ ...others, type: matcher.type, matcher: JSON.stringify(matcher) })
      .params<PutItem>(),
  });
  const remove = (key: { readonly type: MatcherType; readonly id: string }) => ({
    Delete: rule()
      .delete(key)
      .where(({ id }, { exists }) => exists(id))
      .params<DeleteItem>(),
  });
  const itemOf = (change: RuleChange) => {
    if ('put' in change) return put(change.put);
    const key = keyOf(change.remove);
    return key && remove(key);
  };
  return {
    find: async (id) => {
      const key = keyOf(id);
      const data = key && (await rule().get(key).go(CONSISTENT)).data;
      return data ? toRule(data) : undefined;
    },
    list: async () => {
      const queries = MATCHER_TYPES.map((type) =>
        rule()
          .query.byType({ type })
          .go({ ...CONSISTENT, pages: 'all' }),
      );
      const rules = (await Promise.all(queries)).flatMap(({ data }) => data.map(toRule));
      return rules.sort((a, b) => order(a, b));
    },
    commit: async (change, event) => {
      const item = itemOf(change);
      return item !== undefined && (await commit([item], event)).kind === 'committed';
    },
  };
}

function toRule({ type: _, matcher, ...others }: RuleRecord): Rule {
  return { ...others, matcher: JSON.parse(matcher) as Matcher };
}

function order(a: Rule, b: Rule): number {
  return a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id) ? -1 : 1;
}

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Service } from 'electrodb';
import type { RecordEvent } from '../../core/audit/event-maker.ts';
import { once } from '../../core/kernel/once.ts';
import type { Matcher, MatcherType, Rule } from '../../core/protection/rules/rule.ts';
import { MATCHER_TYPES, typeOfRuleId } from '../../core/protection/rules/rule.ts';
import type { RuleStore } from '../../core/protection/rules/rule-store.ts';
import { ruleEntity } from './rule-entity.ts';

const CONSISTENT = { consistent: true } as const;

/** A rule's item, as far as it is the rule's own. */
interface RuleRecord extends Omit<Rule, 'matcher'> {
  readonly type: MatcherType;
  readonly matcher: string;
}

/** The rules in the accounts table. */
export function ruleStore(client: DynamoDBClient, table: string, record: RecordEvent): RuleStore {
  const rule = once(() => new Service({ rule: ruleEntity() }, { client, table }).entities.rule);
  const keyOf = (id: string) => {
    const type = typeOfRuleId(id);
    return type && { type, id };
  };
  const put = async ({ matcher, ...others }: Rule) => {
    await rule()
      .put({ ...others, type: matcher.type, matcher: JSON.stringify(matcher) })
      .go();
    return true;
  };
  const remove = async (id: string) => {
    const key = keyOf(id);
    return key !== undefined && (await rule().delete(key).go({ response: 'all_old' })).data !== null;
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
      const isMade = 'put' in change ? await put(change.put) : await remove(change.remove);
      if (isMade) record(event);
      return isMade;
    },
  };
}

function toRule({ type: _, matcher, ...others }: RuleRecord): Rule {
  return { ...others, matcher: JSON.parse(matcher) as Matcher };
}

function order(a: Rule, b: Rule): number {
  return a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id) ? -1 : 1;
}

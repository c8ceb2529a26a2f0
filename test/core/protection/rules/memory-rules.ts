import { readRule } from '../../../../lambda/core/protection/rules/read-rule.ts';
import type { Rule } from '../../../../lambda/core/protection/rules/rule.ts';
import type { RuleStore } from '../../../../lambda/core/protection/rules/rule-store.ts';

export const NOW = Date.parse('2026-11-25T12:00:00.000Z');

let made = 0;

/** A rule from what a caller would send. */
export function ruleFrom(input: object, changes: Partial<Rule> = {}): Rule {
  const draft = readRule({ effect: 'block', reason: 'test', ...input }, NOW);
  const at = new Date(NOW).toISOString();
  made += 1;
  const id = `${draft.matcher.type}_${String(made).padStart(24, '0')}`;
  return { ...draft, id, createdAt: at, updatedAt: at, ...changes };
}

export function memoryRules(...rules: Rule[]): RuleStore {
  const kept = new Map(rules.map((rule) => [rule.id, rule]));
  return {
    find: async (id) => kept.get(id),
    list: async () => [...kept.values()],
    put: async (rule) => void kept.set(rule.id, rule),
    remove: async (id) => kept.delete(id),
  };
}

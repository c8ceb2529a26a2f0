import type { AuditEvent } from '../../../../lambda/core/audit/event.ts';
import type { Rule } from '../../../../lambda/core/protection/rules/rule.ts';
import type { RuleInput } from '../../../../lambda/core/protection/rules/rule-draft.ts';
import { draftRule } from '../../../../lambda/core/protection/rules/rule-draft.ts';
import type { RuleStore } from '../../../../lambda/core/protection/rules/rule-store.ts';

export const NOW = Date.parse('2026-11-25T12:00:00.000Z');

let made = 0;

/** A rule from what a caller would send. */
export function ruleFrom(input: Pick<RuleInput, 'match'> & Partial<RuleInput>, changes: Partial<Rule> = {}): Rule {
  const draft = draftRule({ effect: 'block', reason: 'test', ...input }, NOW);
  const at = new Date(NOW).toISOString();
  made += 1;
  const id = `${draft.matcher.type}_${String(made).padStart(24, '0')}`;
  return { ...draft, id, createdAt: at, updatedAt: at, ...changes };
}

/** `told`: the events that were committed with changes. */
export function memoryRules(...rules: Rule[]): RuleStore & { readonly told: AuditEvent[] } {
  const kept = new Map(rules.map((rule) => [rule.id, rule]));
  const told: AuditEvent[] = [];
  return {
    told,
    find: async (id) => kept.get(id),
    list: async () => [...kept.values()],
    commit: async (change, event) => {
      if ('put' in change) kept.set(change.put.id, change.put);
      else if (!kept.delete(change.remove)) return false;
      told.push(event);
      return true;
    },
  };
}

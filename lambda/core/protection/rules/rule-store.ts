import type { AuditEvent } from '../../audit/event.ts';
import type { Rule } from './rule.ts';

export type RuleChange = { readonly put: Rule } | { readonly remove: string };

/** The rules of the deployment. Every read is consistent. */
export interface RuleStore {
  find(id: string): Promise<Rule | undefined>;
  /** All rules, oldest first. */
  list(): Promise<Rule[]>;
  /** @returns false when the rule to be removed was not there; nothing is told then */
  commit(change: RuleChange, event: AuditEvent): Promise<boolean>;
}

import type { Rule } from './rule.ts';

/** The rules of the deployment. Every read is consistent. */
export interface RuleStore {
  find(id: string): Promise<Rule | undefined>;
  /** All rules, oldest first. */
  list(): Promise<Rule[]>;
  put(rule: Rule): Promise<void>;
  /** @returns whether it was there */
  remove(id: string): Promise<boolean>;
}

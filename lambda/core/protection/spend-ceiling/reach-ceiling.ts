import type { ManageSpendCeilingDeps, SpendCeiling } from './manage-spend-ceiling.ts';
import { reachCeiling } from './manage-spend-ceiling.ts';

/** Of this month so far, in US dollars. */
export interface Spent {
  readonly limit: number;
  readonly spent: number;
}

export interface ReachCeilingDeps extends ManageSpendCeilingDeps {
  /** As AWS Budgets counts it. */
  readonly readSpent: () => Promise<Spent>;
}

/**
 * Follows a message of AWS Budgets. Its text is for people and also comes as a trial, so the budget itself is asked.
 * @returns undefined when the ceiling is not reached
 */
export async function followBudget(deps: ReachCeilingDeps): Promise<SpendCeiling | undefined> {
  const { limit, spent } = await deps.readSpent();
  if (spent < limit) return undefined;
  return reachCeiling(deps, { kind: 'system', id: 'budget' }, spent);
}

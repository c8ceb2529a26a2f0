import type { BudgetsClient } from '@aws-sdk/client-budgets';
import { DescribeBudgetCommand } from '@aws-sdk/client-budgets';
import type { Spent } from '../../core/protection/spend-ceiling/reach-ceiling.ts';

/**
 * What an account has spent in the period of a budget, and what the budget's limit is.
 * @throws when the budget does not count in US dollars, or has no numbers
 */
export function budgetReader(client: BudgetsClient): (account: string, name: string) => Promise<Spent> {
  return async (AccountId, BudgetName) => {
    const { Budget } = await client.send(new DescribeBudgetCommand({ AccountId, BudgetName }));
    const limit = Budget?.BudgetLimit;
    const spent = Budget?.CalculatedSpend?.ActualSpend;
    if (limit?.Unit !== 'USD' || spent?.Unit !== 'USD') throw new Error(`${BudgetName} does not count in US dollars.`);
    return { limit: dollars(limit.Amount), spent: dollars(spent.Amount) };
  };
}

/** Decimal numbers are texts in this API (AWS, "Spend"). */
function dollars(amount: string | undefined): number {
  const number = Number(amount);
  if (amount === undefined || !Number.isFinite(number)) throw new Error('The budget has no amount.');
  return number;
}

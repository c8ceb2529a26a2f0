import { BudgetsClient } from '@aws-sdk/client-budgets';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { spendCeilings } from '../../adapters/accounts-table/spend-ceilings.ts';
import { budgetReader } from '../../adapters/budgets/budget-reader.ts';
import { EDGE_REGION } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { eventMaker } from '../../core/audit/event-maker.ts';
import { sourceOfRun } from '../../core/audit/event-source.ts';
import type { ReachCeilingDeps } from '../../core/protection/spend-ceiling/reach-ceiling.ts';
import { composeAccountCommit } from './account-commit.ts';
import { configuredCeiling } from './configured-ceiling.ts';
import { hexId } from './hex-id.ts';

/** What a message of AWS Budgets is followed with. */
export function composeReachCeiling(): (call: { requestId: string; account: string }) => ReachCeilingDeps {
  const dynamo = new DynamoDBClient({ region: requireEnvironment(ENVIRONMENT.accountsRegion) });
  const ceilings = spendCeilings(dynamo, requireEnvironment(ENVIRONMENT.accountsTable), composeAccountCommit());
  // Budgets has one endpoint, in this region (AWS, "AWS Billing and Cost Management endpoints").
  const readBudget = budgetReader(new BudgetsClient({ region: EDGE_REGION }));
  const budget = requireEnvironment(ENVIRONMENT.ceilingBudget);
  return ({ requestId, account }) => ({
    ceilings,
    dollars: configuredCeiling(),
    clock: Date.now,
    makeEvent: eventMaker({ clock: Date.now, hexId, requestId, sourceOf: sourceOfRun }),
    readSpent: () => readBudget(account, budget),
  });
}

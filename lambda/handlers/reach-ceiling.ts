import type { Context, SNSEvent } from 'aws-lambda';
import { followBudget } from '../core/protection/spend-ceiling/reach-ceiling.ts';
import { composeReachCeiling } from './composition/spend-ceiling.ts';
import { logLine } from './log-line.ts';

const compose = composeReachCeiling();

/** Told by AWS Budgets that the account has spent more than the ceiling. A failure is thrown: Lambda tries twice more. */
export async function handler(_: SNSEvent, { awsRequestId: requestId, invokedFunctionArn }: Context): Promise<void> {
  const account = invokedFunctionArn.split(':')[4] ?? '';
  const reached = await followBudget(compose({ requestId, account }));
  if (reached) logLine('warn', 'spend-ceiling-reached', {});
}

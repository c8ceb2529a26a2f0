import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/**
 * Why a transaction did not happen. `refused`: a record is not what was expected. `chain-taken`: somebody else wrote to the
 * chain of events. `in-the-way`: another transaction or the table's capacity; the same again is right.
 */
export type Verdict =
  | { readonly kind: 'refused'; readonly item: number }
  | { readonly kind: 'chain-taken' }
  | { readonly kind: 'in-the-way' };

const PASSING = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];

const PASSING_ERRORS = [
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TransactionConflictException',
];

/**
 * @param auditIndex place of the event among the transaction's items
 * @returns `unclear` when the transaction may have happened: its answer was lost
 * @throws what no repetition makes better
 */
export function judgeFailure(error: unknown, auditIndex: number): Verdict | { readonly kind: 'unclear' } {
  if (error instanceof TransactionCanceledException) return judgeReasons(error, auditIndex);
  const name = error instanceof Error ? error.name : '';
  if (PASSING_ERRORS.includes(name)) return { kind: 'in-the-way' };
  if (name !== 'TransactionInProgressException' && isClientFault(error)) throw error;
  return { kind: 'unclear' };
}

function judgeReasons(error: TransactionCanceledException, auditIndex: number): Verdict {
  const codes = (error.CancellationReasons ?? []).map(({ Code = 'None' }) => Code);
  const refused = codes.indexOf('ConditionalCheckFailed');
  if (refused >= 0 && refused !== auditIndex) return { kind: 'refused', item: refused };
  if (refused === auditIndex || codes[auditIndex] === 'TransactionConflict') return { kind: 'chain-taken' };
  if (codes.some((code) => PASSING.includes(code))) return { kind: 'in-the-way' };
  throw error;
}

const isClientFault = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && '$fault' in error && error.$fault === 'client';

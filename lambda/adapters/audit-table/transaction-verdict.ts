import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { Problem } from '../../core/kernel/problems.ts';
import { isUnreachable } from '../signed-http/signed-fetch.lean.ts';

/**
 * Why a transaction did not happen, or may not have. `refused`: a record is not what was expected. `chain-taken`: somebody
 * else wrote to the chain of events. `again`: another transaction or the table's capacity was in the way, or the answer was
 * lost; the same again under the same token is right. `away`: what to say when it stays so.
 */
export type Verdict =
  | { readonly kind: 'refused'; readonly item: number }
  | { readonly kind: 'chain-taken' }
  | { readonly kind: 'again'; readonly away?: Problem };

const PASSING = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];

const PASSING_ERRORS = [
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TransactionConflictException',
  'TransactionInProgressException',
];

/**
 * @param auditIndex place of the event among the transaction's items
 * @throws what no repetition makes better
 */
export function judgeFailure(error: unknown, auditIndex: number): Verdict {
  if (error instanceof TransactionCanceledException) return judgeReasons(error, auditIndex);
  // It may have been carried out before its answer was lost.
  if (error instanceof Problem && error.code === 'home.away') return { kind: 'again', away: error };
  const name = error instanceof Error ? error.name : '';
  if (PASSING_ERRORS.includes(name) || isUnreachable(error) || isFromOutside(error)) return { kind: 'again' };
  throw error;
}

function judgeReasons(error: TransactionCanceledException, auditIndex: number): Verdict {
  const codes = (error.CancellationReasons ?? []).map(({ Code = 'None' }) => Code);
  const refused = codes.indexOf('ConditionalCheckFailed');
  if (refused >= 0 && refused !== auditIndex) return { kind: 'refused', item: refused };
  if (refused === auditIndex || codes[auditIndex] === 'TransactionConflict') return { kind: 'chain-taken' };
  if (codes.some((code) => PASSING.includes(code))) return { kind: 'again' };
  throw error;
}

/** A failure of the service or of the way to it, not one of this program. */
const isFromOutside = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  '$metadata' in error &&
  !('$fault' in error && error.$fault === 'client');

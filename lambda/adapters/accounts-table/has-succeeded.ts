/** What ElectroDB says of a transaction; reasons stand in the order of its operations. */
interface TransactionOutcome {
  readonly canceled: boolean;
  readonly data: readonly { readonly code: string; readonly message?: string | undefined }[];
}

/**
 * Whether a transaction was made.
 * @returns false when a condition did not hold or another transaction came in between
 * @throws when the table refused it for another reason
 */
export function hasSucceeded({ canceled, data }: TransactionOutcome): boolean {
  if (!canceled) return true;
  const reasons = data.filter(({ code }) => code !== 'None');
  const isLost = ({ code }: { readonly code: string }) =>
    code === 'ConditionalCheckFailed' || code === 'TransactionConflict';
  if (reasons.some(isLost)) return false;
  throw new Error(`The accounts table refused a transaction: ${reasons[0]?.code} ${reasons[0]?.message}`);
}

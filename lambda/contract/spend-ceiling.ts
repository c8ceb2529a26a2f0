/** Partition key, in the accounts table, of what became of the ceiling of spending, a record a month. */
export const SPEND_CEILING_PARTITION = 'spend-ceiling';

/** Begins the sort keys of these records; the month follows, such as `2026-11`. */
export const SPEND_CEILING_KIND = 'month';

/** Name of the budget whose limit is the ceiling. */
export const ceilingBudgetName = (deployment: string): string => `${deployment}-ceiling`;

/** What a viewer gets over the ceiling for a picture that is not made: an error, or the stored picture that is nearest to it. */
export const OVER_CEILING = ['refuse', 'nearest'] as const;
export type OverCeiling = (typeof OVER_CEILING)[number];

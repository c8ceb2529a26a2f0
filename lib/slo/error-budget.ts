/** What share of something is to go well over a number of days. */
export interface Objective {
  readonly name: string;
  /** A sentence without its end. */
  readonly promise: string;
  /** 0 < percent < 100. */
  readonly percent: number;
  /** The metric that it is read from. */
  readonly measure: string;
}

/** How much of the error budget may be used up in how many hours before somebody is told. */
export interface BurnRate {
  readonly name: string;
  readonly hours: number;
  readonly budgetPercent: number;
}

export interface ServiceLevels {
  /** Over which the objectives hold. */
  readonly days: number;
  readonly objectives: readonly Objective[];
  readonly burnRates: readonly BurnRate[];
}

/** Percent of requests that may fail. */
export const errorBudgetPercent = ({ percent }: Pick<Objective, 'percent'>): number => round(100 - percent);

/** Requests of a number that may fail. A part of a request is none. */
export const failuresAllowed = (objective: Pick<Objective, 'percent'>, requests: number): number =>
  Math.floor(round((requests * errorBudgetPercent(objective)) / 100));

/** Minutes for which everything may fail, at the same traffic all the time. */
export const minutesAllowed = (objective: Pick<Objective, 'percent'>, days: number): number =>
  round((days * 24 * 60 * errorBudgetPercent(objective)) / 100);

/** What is left of the budget, in percent of it; below zero when it is overdrawn. Without requests all of it is. */
export function budgetLeft(objective: Pick<Objective, 'percent'>, requests: number, failed: number): number {
  if (requests === 0) return 100;
  return round(100 - (failed / requests / (errorBudgetPercent(objective) / 100)) * 100);
}

/** How many times as fast as it may the budget is used up when so much of it goes in so many hours (Google, "Alerting on SLOs"). */
export const burnRateOf = ({ hours, budgetPercent }: Omit<BurnRate, 'name'>, days: number): number =>
  round((budgetPercent / 100) * ((days * 24) / hours));

/** Percent of failures in these hours from which on the budget goes too fast. */
export const alarmPercent = (
  objective: Pick<Objective, 'percent'>,
  burn: Omit<BurnRate, 'name'>,
  days: number,
): number => Math.min(100, round(burnRateOf(burn, days) * errorBudgetPercent(objective)));

/** Binary fractions of decimal percentages end somewhere behind the tenth digit. */
const round = (value: number): number => Number(value.toFixed(10));

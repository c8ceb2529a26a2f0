/** What the function of daily mails is asked to do by the rule that calls it. */
export interface DailyMails {
  readonly mails: 'audit-reports' | 'ending-keys';
}

/** When, in UTC: after the end of every period, and in the morning of many. */
export const DAILY_HOUR = 5;

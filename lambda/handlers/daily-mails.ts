import type { Context } from 'aws-lambda';
import type { DailyMails } from '../contract/daily-mails.ts';
import { sendReports } from '../core/accounts/audit-reports/send-reports.ts';
import { tellOfEndingKeys } from '../core/accounts/ending-keys/tell-of-ending-keys.ts';
import { composeDailyMails } from './composition/daily-mails.ts';
import { reporter } from './reporter.ts';

const compose = composeDailyMails();

/** Mails once a day what is due. What fails makes the run fail: Lambda repeats it, and an alarm tells. */
export async function handler({ mails }: DailyMails, { awsRequestId: requestId }: Context): Promise<void> {
  const deps = compose({ requestId, report: reporter() });
  if (mails === 'audit-reports') return sendReports(deps);
  return tellOfEndingKeys(deps);
}

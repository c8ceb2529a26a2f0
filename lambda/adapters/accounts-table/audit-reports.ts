import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AUDIT_REPORTS_PARTITION } from '../../contract/people.ts';
import type { AuditReport } from '../../core/accounts/audit-reports/audit-report.ts';
import type { AuditReportStore } from '../../core/accounts/audit-reports/report-store.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import { savedRecords } from './saved-records.ts';

const PLACE = { partition: AUDIT_REPORTS_PARTITION, kind: 'report' };

/** Reports of the audit log in the accounts table. */
export function auditReports(client: DynamoDBClient, table: string, commit: CommitWithEvent): AuditReportStore {
  const stored = savedRecords<AuditReport>(client, table, commit, PLACE);
  return {
    read: async () => {
      const { version, records } = await stored.read();
      return { version, reports: records };
    },
    commit: stored.commit,
  };
}

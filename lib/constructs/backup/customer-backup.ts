import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { REPLICATED } from '../../../lambda/contract/backup.ts';
import type { CodeSource } from '../../bundling/code-source.ts';
import type { BackupDestination } from '../../config/backup.ts';
import type { AccountsTable } from '../accounts/accounts-table.ts';
import { OperationsAlarm } from '../insight/operations-alarm.ts';
import type { AuditTable } from '../storage/audit-table.ts';
import type { LibraryTable } from '../storage/library-table.ts';
import type { OriginalsBucket } from '../storage/originals-bucket.ts';
import { DailyRun } from './daily-run.ts';
import { LagAlarms } from './lag-alarms.ts';
import { RecordKeeper } from './record-keeper.ts';
import { Replication } from './replication.ts';
import { Restorer } from './restorer.ts';

const FIVE_MINUTES = Duration.minutes(5);

/** A stream forgets after 24 hours; so long before is time to mend what stands in the way. */
const BEHIND = Duration.minutes(15);

export interface CustomerBackupProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly code: CodeSource;
  readonly originals: OriginalsBucket;
  readonly library: LibraryTable;
  readonly accounts: AccountsTable;
  readonly audit: AuditTable;
  readonly destination: BackupDestination;
  /** S3's Replication Time Control. */
  readonly timeControl: boolean;
  /** The profile small has none, which cost by the month. */
  readonly hasAlarms: boolean;
}

/** A copy of a region's library in a bucket of the customer's, complete without the deployment: originals, and records beside them. */
export class CustomerBackup extends Construct {
  constructor(scope: Construct, id: string, props: CustomerBackupProps) {
    super(scope, id);
    const { deployment, code, originals, library, accounts, destination, timeControl, hasAlarms } = props;
    originals.keepRecordsForDays();
    new Replication(this, 'Replication', {
      ...{ deployment, originals, destination, timeControl },
      hasMetrics: hasAlarms,
    });
    const keeper = new RecordKeeper(this, 'Records', {
      code: code.handler('keep-records'),
      ...{ originals, library, accounts },
    });
    const daily = new DailyRun(this, 'Daily', {
      code: code.handler('back-up'),
      ...{ deployment, originals, library, accounts, destination },
    });
    new Restorer(this, 'Restorer', {
      code: code.handler('restore-library'),
      ...{ deployment, originals, library, accounts, destination },
      audit: props.audit,
    });
    const output = new CfnOutput(this, 'BucketName', { value: destination.bucket });
    output.overrideLogicalId('BackupBucketName');
    if (!hasAlarms) return;
    new OperationsAlarm(this, 'Behind', {
      ...{ deployment, name: 'backup-behind', article: 'backup-fails', threshold: BEHIND.toMilliseconds() },
      what: 'Records of the library are not beside its originals for 15 minutes',
      metric: keeper.fn.metric('IteratorAge', { period: FIVE_MINUTES, statistic: 'Maximum' }),
    });
    new OperationsAlarm(this, 'DailyFails', {
      ...{ deployment, name: 'backup-daily-run', article: 'backup-fails', threshold: 1 },
      what: 'The day’s snapshot was not taken, or the backup could not be repaired',
      metric: daily.fn.metricErrors({ period: FIVE_MINUTES, statistic: 'Sum' }),
    });
    this.#alarmWhenReplicationFails(props);
    // In another region they are a stack of their own.
    const { region } = Stack.of(this);
    if ((destination.region ?? region) !== region) return;
    new LagAlarms(this, 'Lag', {
      ...{ deployment, region, originals: originals.bucket.bucketName, destination: destination.bucket },
    });
  }

  /** S3 publishes the metric in the source's region (S3 user guide, "Using S3 Replication metrics"). */
  #alarmWhenReplicationFails({ deployment, originals: { bucket }, destination }: CustomerBackupProps): void {
    for (const RuleId of Object.keys(REPLICATED)) {
      new OperationsAlarm(this, `Fails-${RuleId}`, {
        ...{ deployment, name: `backup-${RuleId}-fails`, article: 'backup-fails', threshold: 1 },
        what: `S3 does not replicate ${RuleId} to ${destination.bucket}`,
        metric: new Metric({
          namespace: 'AWS/S3',
          metricName: 'OperationsFailedReplication',
          dimensionsMap: { SourceBucket: bucket.bucketName, DestinationBucket: destination.bucket, RuleId },
          period: FIVE_MINUTES,
          statistic: 'Sum',
        }),
      });
    }
  }
}

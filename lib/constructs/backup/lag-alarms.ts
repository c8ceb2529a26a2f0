import { Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { REPLICATED, REPLICATION_LAG_MINUTES } from '../../../lambda/contract/backup.ts';
import { OperationsAlarm } from '../insight/operations-alarm.ts';

export interface LagAlarmsProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** The region that is backed up. */
  readonly region: string;
  /** Name of the bucket with its originals. */
  readonly originals: string;
  /** Name of the bucket that it is backed up to. */
  readonly destination: string;
}

/**
 * Tells when S3 is late. It publishes how late in the region of the destination (S3 user guide, "Using S3 Replication metrics"), and nothing
 * when the destination is gone: failures are told in the source's region.
 */
export class LagAlarms extends Construct {
  constructor(scope: Construct, id: string, { deployment, region, originals, destination }: LagAlarmsProps) {
    super(scope, id);
    const from = region === Stack.of(this).region ? '' : `-of-${region}`;
    for (const RuleId of Object.keys(REPLICATED)) {
      new OperationsAlarm(this, `Late-${RuleId}`, {
        ...{ deployment, name: `backup-${RuleId}-late${from}`, article: 'backup-fails' },
        what: `The newest ${RuleId} of ${region} are not in ${destination} for ${REPLICATION_LAG_MINUTES} minutes`,
        threshold: REPLICATION_LAG_MINUTES * 60,
        metric: new Metric({
          namespace: 'AWS/S3',
          metricName: 'ReplicationLatency',
          dimensionsMap: { SourceBucket: originals, DestinationBucket: destination, RuleId },
          period: Duration.minutes(5),
          statistic: 'Maximum',
        }),
      });
    }
  }
}

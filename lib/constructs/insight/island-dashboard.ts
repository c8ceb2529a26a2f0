import { Stack } from 'aws-cdk-lib';
import { Dashboard, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { REPLICATED } from '../../../lambda/contract/backup.ts';
import type { BackupDestination } from '../../config/backup.ts';
import type { OriginalsBucket } from '../storage/originals-bucket.ts';
import { graph, POINT } from './dashboard-widgets.ts';
import type { IslandAlarmsProps } from './island-alarms.ts';

/** What is replicated, where that is measured. */
export interface MeasuredReplication {
  readonly originals: OriginalsBucket;
  readonly destination: BackupDestination;
}

export interface IslandDashboardProps extends IslandAlarmsProps {
  /** @default there is no backup, or its metrics are off */
  readonly replication?: MeasuredReplication | undefined;
}

/** What one region makes and what waits there, on one page of CloudWatch. */
export class IslandDashboard extends Construct {
  constructor(scope: Construct, id: string, props: IslandDashboardProps) {
    super(scope, id);
    const { deployment, transformer, api, follower, webhooks, givenUp, replication } = props;
    const oldest = webhooks.metricApproximateAgeOfOldestMessage({
      period: POINT,
      statistic: 'Maximum',
      label: 'webhooks',
    });
    const waiting = Object.entries(givenUp).map(([label, queue]) =>
      queue.metricApproximateNumberOfMessagesVisible({ period: POINT, statistic: 'Maximum', label }),
    );
    new Dashboard(this, 'Page', {
      dashboardName: `${deployment}-${Stack.of(this).region}`,
      widgets: [
        [
          graph('Renders', [count(transformer, 'Invocations', 'answers of the transformer')]),
          graph('Time of a render, milliseconds', durations(transformer)),
          graph('Renders that failed or were refused', failures(transformer)),
        ],
        [
          graph('Calls of the API', [count(api, 'Invocations', 'calls')]),
          graph('Time of a call, milliseconds', durations(api)),
          graph('Calls that failed or were refused', failures(api)),
        ],
        [
          graph('Search and webhooks behind the library, seconds', [secondsBehind(follower)]),
          graph('Oldest message to a webhook, seconds', [oldest]),
          graph('Given up', waiting),
        ],
        ...(replication ? [replicationGraphs(replication, Stack.of(this).region)] : []),
      ],
    });
  }
}

const count = (fn: LambdaFunction, name: string, label: string) =>
  fn.metric(name, { statistic: 'Sum', period: POINT, label });

const durations = (fn: LambdaFunction) =>
  ['p50', 'p90', 'p99'].map((statistic) => fn.metricDuration({ statistic, period: POINT, label: statistic }));

const failures = (fn: LambdaFunction) => [count(fn, 'Errors', 'failed'), count(fn, 'Throttles', 'refused')];

const secondsBehind = (follower: LambdaFunction) =>
  new MathExpression({
    ...{ expression: 'age / 1000', label: 'seconds', period: POINT },
    usingMetrics: { age: follower.metric('IteratorAge', { statistic: 'Maximum', period: POINT }) },
  });

/** Lag and what waits are published in the destination's region, what failed in the source's (S3, "Using S3 Replication metrics"). */
function replicationGraphs({ originals, destination }: MeasuredReplication, here: string) {
  const metrics = (metricName: string, statistic: string, region: string) =>
    Object.keys(REPLICATED).map(
      (RuleId) =>
        new Metric({
          ...{ namespace: 'AWS/S3', metricName, statistic, region, label: RuleId, period: POINT },
          dimensionsMap: { SourceBucket: originals.bucket.bucketName, DestinationBucket: destination.bucket, RuleId },
        }),
    );
  const there = destination.region ?? here;
  return [
    graph('Lag of the backup, seconds', metrics('ReplicationLatency', 'Maximum', there)),
    graph('Objects that wait for the backup', metrics('OperationsPendingReplication', 'Maximum', there)),
    graph('Objects that could not be replicated', metrics('OperationsFailedReplication', 'Sum', here)),
  ];
}

import { Duration, Stack } from 'aws-cdk-lib';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AUDIT_SEALED, SEAL_SECONDS } from '../../../lambda/contract/audit-bucket.ts';
import { HandlerFunction } from '../handler-function.ts';
import { OperationsAlarm } from '../insight/operations-alarm.ts';
import type { AuditTable } from '../storage/audit-table.ts';
import type { AuditBucket } from './audit-bucket.ts';
import type { SealKey } from './seal-key.ts';

const TIMEOUT_SECONDS = 60;
const MEMORY_MEGABYTES = 512;

/** The most that Lambda gathers (AWS, "CreateEventSourceMapping"), so that the window's end is what calls. */
const BATCH_SIZE = 10_000;

/** Twice in the day that the alarm looks at, whatever happened. */
const RUNS = Duration.hours(12);

/** Hours without a seal before the alarm; with the period, the longest that CloudWatch takes together is a day. */
const HOURS_WITHOUT = 24;

export interface AuditSealsProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly code: Code;
  readonly audit: AuditTable;
  readonly bucket: AuditBucket;
  readonly key: SealKey;
}

/**
 * Signs the ends of all chains: five minutes after an event, once for all that came meanwhile, and twice a day. Lambda gathers the
 * stream's records for these minutes, so that an idle deployment calls nothing by the clock of minutes.
 */
export class AuditSeals extends Construct {
  constructor(scope: Construct, id: string, { deployment, code, audit, bucket, key }: AuditSealsProps) {
    super(scope, id);
    const { fn } = new HandlerFunction(this, 'Seal', {
      description: 'Seals the audit log',
      code,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT_SECONDS,
    });
    audit.grantRead(fn);
    bucket.grantSeal(fn);
    key.grantSign(fn);
    const mapping = new EventSourceMapping(this, 'Events', {
      target: fn,
      eventSourceArn: audit.grantStream(fn),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: BATCH_SIZE,
      maxBatchingWindow: Duration.seconds(SEAL_SECONDS),
      bisectBatchOnError: true,
      filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT') })],
    });
    // Lambda tries the rights when the mapping is made.
    mapping.node.addDependency(fn.role ?? fn);
    new Rule(this, 'TwiceADay', {
      description: 'The audit log is sealed whatever happened',
      schedule: Schedule.rate(RUNS),
      targets: [new FunctionTarget(fn, { retryAttempts: 0, maxEventAge: Duration.hours(1) })],
    });
    this.#alarmWithout(deployment, fn);
  }

  #alarmWithout(deployment: string, fn: LambdaFunction): void {
    const metricName = `${Stack.of(this).stackName}-${AUDIT_SEALED}`;
    const lines = new MetricFilter(this, 'SealedLines', {
      logGroup: fn.logGroup,
      filterPattern: FilterPattern.stringValue('$.message.event', '=', AUDIT_SEALED),
      ...{ metricNamespace: 'Vitrine', metricName },
    });
    new OperationsAlarm(this, 'Absent', {
      ...{ deployment, name: 'audit-seal', article: 'audit-log', threshold: 1, periods: HOURS_WITHOUT },
      what: `The audit log of ${Stack.of(this).stackName} was not sealed for a day`,
      metric: lines.metric({ period: Duration.hours(1), statistic: 'Sum' }),
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      isMissingBad: true,
    });
  }
}

import { Duration, Stack } from 'aws-cdk-lib';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AUDIT_ALTERED } from '../../../lambda/contract/audit-bucket.ts';
import { HandlerFunction } from '../handler-function.ts';
import { OperationsAlarm } from '../insight/operations-alarm.ts';
import type { AuditTable } from '../storage/audit-table.ts';
import type { AuditBucket } from './audit-bucket.ts';

const TIMEOUT_SECONDS = 60;
const MEMORY_MEGABYTES = 512;

const BATCH_SIZE = 1000;

/** Each batch is one object: what happens within seconds is put together. */
const GATHERED = Duration.seconds(5);

/** A stream forgets after 24 hours; so long before is time to mend what stands in the way. */
const BEHIND = Duration.hours(1);

export interface AuditMirrorProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly code: Code;
  readonly audit: AuditTable;
  readonly bucket: AuditBucket;
  /** The profile small has none, which cost by the month. */
  readonly hasAlarms: boolean;
}

/**
 * Copies every event into the locked bucket, under a role that nothing else has, and makes an alarm of every event that was changed
 * or removed. Nothing is given up: a batch that fails is repeated for as long as the stream has it.
 */
export class AuditMirror extends Construct {
  constructor(scope: Construct, id: string, { deployment, code, audit, bucket, hasAlarms }: AuditMirrorProps) {
    super(scope, id);
    const { fn } = new HandlerFunction(this, 'Copy', {
      description: 'Mirrors the audit log into a locked bucket',
      code,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT_SECONDS,
    });
    bucket.grantMirror(fn);
    const mapping = new EventSourceMapping(this, 'Events', {
      target: fn,
      eventSourceArn: audit.grantStream(fn),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: BATCH_SIZE,
      maxBatchingWindow: GATHERED,
      bisectBatchOnError: true,
    });
    // Lambda tries the rights when the mapping is made.
    mapping.node.addDependency(fn.role ?? fn);
    if (!hasAlarms) return;
    this.#alarmWhenAltered(deployment, fn);
    this.#alarmWhenBehind(deployment, fn);
  }

  #alarmWhenAltered(deployment: string, fn: LambdaFunction): void {
    const lines = new MetricFilter(this, 'AlteredLines', {
      logGroup: fn.logGroup,
      filterPattern: FilterPattern.stringValue('$.message.event', '=', AUDIT_ALTERED),
      metricNamespace: 'Vitrine',
      metricName: `${Stack.of(this).stackName}-${AUDIT_ALTERED}`,
    });
    new OperationsAlarm(this, 'Altered', {
      ...{ deployment, name: AUDIT_ALTERED, article: 'audit-log', threshold: 1 },
      what: `Somebody changed or removed events of the audit log of ${Stack.of(this).stackName}`,
      metric: lines.metric({ period: Duration.minutes(1), statistic: 'Sum' }),
    });
  }

  #alarmWhenBehind(deployment: string, fn: LambdaFunction): void {
    new OperationsAlarm(this, 'Behind', {
      ...{ deployment, name: 'audit-mirror', article: 'audit-log', threshold: BEHIND.toMilliseconds() },
      what: `Events of ${Stack.of(this).stackName} are not mirrored for an hour`,
      metric: fn.metric('IteratorAge', { period: Duration.minutes(5), statistic: 'Maximum' }),
    });
  }
}

import { Duration } from 'aws-cdk-lib';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { AccountsTable } from '../accounts/accounts-table.ts';
import type { EdgeCallers } from '../edge/edge-callers.ts';
import { HandlerFunction } from '../handler-function.ts';
import type { LibraryTable } from '../storage/library-table.ts';
import type { WebhookDelivery } from './webhook-delivery.ts';

const TIMEOUT_SECONDS = 60;
const MEMORY_MEGABYTES = 512;

const BATCH_SIZE = 100;

/** Repetitions of a batch. It is halved meanwhile, so that a record that cannot be taken is found and given up alone. */
const RETRIES = 8;

/** Batches of one shard at the same time; the records of an item stay in their order. */
const PARALLEL = 4;

export interface LibraryFollowerProps {
  readonly code: Code;
  readonly library: LibraryTable;
  readonly accounts: AccountsTable;
  readonly edgeCallers: EdgeCallers;
  readonly webhooks: WebhookDelivery;
}

/**
 * Does what follows from changes of the library out of the calls that made them, told by the table's stream. The function
 * leaves what fails to the minute's run; the queue gets what the function did not survive.
 */
export class LibraryFollower extends Construct {
  readonly fn: LambdaFunction;
  /** Batches that the function did not survive. */
  readonly givenUp: Queue;
  constructor(scope: Construct, id: string, props: LibraryFollowerProps) {
    super(scope, id);
    const { fn } = new HandlerFunction(this, 'Follow', {
      description: 'Follows the library: the search index, webhooks',
      code: props.code,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT_SECONDS,
    });
    this.fn = fn;
    props.library.grantReadWrite(fn);
    props.accounts.grantAnnounce(fn);
    props.edgeCallers.letRead(fn);
    props.webhooks.grantSend(fn);
    const stream = props.library.grantStream(fn);
    this.givenUp = new Queue(this, 'GivenUp', {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    const mapping = new EventSourceMapping(this, 'Changes', {
      target: fn,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: BATCH_SIZE,
      parallelizationFactor: PARALLEL,
      retryAttempts: RETRIES,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      filters: FOLLOWED,
      onFailure: new SqsDlq(this.givenUp),
    });
    // Lambda tries the rights when the mapping is made.
    mapping.node.addDependency(fn.role ?? fn);
  }
}

/** Files' heads, and the notes that changes put. Other records, such as the index's own, cost no call. */
const FOLLOWED = [
  FilterCriteria.filter({ dynamodb: { Keys: { sk: { S: FilterRule.isEqual('head') } } } }),
  FilterCriteria.filter({
    eventName: FilterRule.isEqual('INSERT'),
    dynamodb: { Keys: { pk: { S: FilterRule.beginsWith('out#') } } },
  }),
];

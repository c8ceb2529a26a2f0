import { Duration } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import type { AccountsTable } from '../accounts/accounts-table.ts';
import type { OriginCredentialsKey } from '../accounts/origin-credentials-key.ts';
import { HandlerFunction } from '../handler-function.ts';

/** Above `LIMITS.webhookSeconds`, for which all messages of a batch are waited together. */
const TIMEOUT_SECONDS = 30;
const MEMORY_MEGABYTES = 256;

const BATCH_SIZE = 10;

/** Batches at the same time: receivers that are slow hold no more of the account's functions than this. */
const PARALLEL = 10;

/** Seconds; six times the function's (AWS, "Configuring a queue to use with Lambda"). */
const VISIBILITY_SECONDS = 180;

/** A message ends after eight attempts; what is received more often is one that the function does not survive. */
const RECEIVES = 20;

export interface WebhookDeliveryProps {
  readonly code: Code;
  readonly accounts: AccountsTable;
  /** Of webhooks' secrets, too. */
  readonly originKey: OriginCredentialsKey;
  /** CIDR blocks that messages may reach although they are not public. */
  readonly remoteAllow: readonly string[];
}

/**
 * Sends messages to webhooks: a queue, in which a message also waits for its next attempt, and the function that it calls.
 * Given up messages are in the accounts table, to be listed and sent again; the second queue has what the function broke on.
 */
export class WebhookDelivery extends Construct {
  readonly queue: Queue;
  /** Messages that the function did not survive. */
  readonly givenUp: Queue;

  constructor(scope: Construct, id: string, props: WebhookDeliveryProps) {
    super(scope, id);
    const kept = { retentionPeriod: Duration.days(14), encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.givenUp = new Queue(this, 'GivenUp', kept);
    this.queue = new Queue(this, 'Queue', {
      ...kept,
      visibilityTimeout: Duration.seconds(VISIBILITY_SECONDS),
      deadLetterQueue: { queue: this.givenUp, maxReceiveCount: RECEIVES },
    });
    const { fn } = new HandlerFunction(this, 'Deliver', {
      description: 'Sends messages to webhooks',
      code: props.code,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT_SECONDS,
    });
    props.accounts.grantDeliverWebhooks(fn);
    props.originKey.grantOpenWebhooks(fn);
    if (props.remoteAllow.length > 0) fn.addEnvironment(ENVIRONMENT.remoteAllow, props.remoteAllow.join(','));
    this.#grant(fn, [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:ChangeMessageVisibility',
      'sqs:GetQueueAttributes',
    ]);
    const mapping = new EventSourceMapping(this, 'Messages', {
      target: fn,
      eventSourceArn: this.queue.queueArn,
      batchSize: BATCH_SIZE,
      maxConcurrency: PARALLEL,
      reportBatchItemFailures: true,
    });
    // Lambda tries the rights when the mapping is made.
    mapping.node.addDependency(fn.role ?? fn);
  }

  /** Lets a function put messages into the queue. */
  grantSend(fn: LambdaFunction): void {
    this.#grant(fn, ['sqs:SendMessage']);
  }

  #grant(fn: LambdaFunction, actions: string[]): void {
    Grant.addToPrincipal({ grantee: fn, actions, resourceArns: [this.queue.queueArn] }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.webhookQueue, this.queue.queueUrl);
  }
}

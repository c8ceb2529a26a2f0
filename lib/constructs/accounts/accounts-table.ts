import { Stack } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENDPOINTS_PARTITION, PUBLICATION_PARTITION, STALE_FOLDERS_PARTITION } from '../../../lambda/contract/edge.ts';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import { AUDIT_REPORTS_PARTITION } from '../../../lambda/contract/people.ts';
import { DELIVERIES_PREFIX, WEBHOOKS_PARTITION } from '../../../lambda/contract/webhooks.ts';
import { grantTableStream } from '../storage/table-stream.ts';

/** Operations on single items and on one partition; no Scan, which nothing needs. Transactions are made of the same. */
const READ = ['dynamodb:GetItem', 'dynamodb:Query'];
const WRITE = ['dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];

export interface AccountsTableProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** Where the table is. Stacks of other regions refer to it by its name. */
  readonly homeRegion: string;
  /** Another stack makes it, whatever the region. @default the stack of the home region does */
  readonly isElsewhere?: boolean;
  /** Whether changes can be followed. @default false */
  readonly hasStream?: boolean;
}

/**
 * What belongs to the deployment and not to one region: endpoints, origins, named transformations, keys, access rules,
 * takedowns. One table in the home region, recoverable to any second of the last 35 days.
 */
export class AccountsTable extends Construct {
  readonly tableName: string;
  readonly #arn: string;
  readonly #homeRegion: string;
  /** In the home region alone. */
  readonly #table: TableV2 | undefined;

  constructor(scope: Construct, id: string, props: AccountsTableProps) {
    super(scope, id);
    const { deployment, homeRegion, isElsewhere, hasStream = false } = props;
    const { account, partition, region } = Stack.of(this);
    this.tableName = `${deployment}-accounts`;
    this.#homeRegion = homeRegion;
    this.#arn = `arn:${partition}:dynamodb:${homeRegion}:${account}:table/${this.tableName}`;
    this.#table = region === homeRegion && !isElsewhere ? this.#make(hasStream) : undefined;
  }

  #make(hasStream: boolean): TableV2 {
    return new TableV2(this, 'Table', {
      tableName: this.tableName,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      timeToLiveAttribute: 'expiresAt',
      ...(hasStream && { dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES }),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    });
  }

  /** Lets a function read single items and partitions. */
  grantRead(fn: LambdaFunction): void {
    this.#grant(fn, READ);
  }

  /** Lets a function read and write. */
  grantReadWrite(fn: LambdaFunction): void {
    this.#grant(fn, [...READ, ...WRITE]);
  }

  /** Lets a function that reads also keep the record of what the edge was told last, and nothing else. */
  grantReadAndRecordPublication(fn: LambdaFunction): void {
    this.grantRead(fn);
    this.#grant(fn, ['dynamodb:PutItem'], {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [PUBLICATION_PARTITION] },
    });
  }

  /** Lets a function that reads also keep the list of stale folders, and nothing else. */
  grantReadAndKeepStaleFolders(fn: LambdaFunction): void {
    this.grantRead(fn);
    this.#grant(fn, ['dynamodb:PutItem', 'dynamodb:DeleteItem'], {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [STALE_FOLDERS_PARTITION] },
    });
  }

  /** Lets a function that reads also note how far reports of the audit log were sent, and nothing else. */
  grantReadAndNoteReports(fn: LambdaFunction): void {
    this.grantRead(fn);
    this.#grant(fn, ['dynamodb:PutItem'], {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [AUDIT_REPORTS_PARTITION] },
    });
  }

  /** Lets a function be called with what changes. @returns the stream's ARN; undefined where the table is elsewhere */
  grantStream(fn: LambdaFunction): string | undefined {
    return this.#table && grantTableStream(this.#table, fn);
  }

  /** Lets a function read some partitions, and nothing else. */
  grantReadPartitions(fn: LambdaFunction, partitions: readonly string[]): void {
    this.#grant(fn, ['dynamodb:Query'], {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [...partitions] },
    });
  }

  /** Lets a function put items into some partitions, and nothing else. */
  grantAddPartitions(fn: LambdaFunction, partitions: readonly string[]): void {
    this.#grant(fn, ['dynamodb:PutItem'], {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [...partitions] },
    });
  }

  /** Lets a function list the webhooks, and the endpoints that URLs in their messages need, and nothing else. */
  grantAnnounce(fn: LambdaFunction): void {
    this.#grant(fn, ['dynamodb:Query'], {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [WEBHOOKS_PARTITION, ENDPOINTS_PARTITION] },
    });
  }

  /** Lets a function read single webhooks and note what became of messages to them, and nothing else. */
  grantDeliverWebhooks(fn: LambdaFunction): void {
    this.#grant(fn, ['dynamodb:GetItem'], {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [WEBHOOKS_PARTITION] },
    });
    this.#grant(fn, ['dynamodb:PutItem'], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${DELIVERIES_PREFIX}*`] },
    });
  }

  #grant(fn: LambdaFunction, actions: string[], conditions?: Record<string, Record<string, unknown>>): void {
    Grant.addToPrincipal({
      grantee: fn,
      actions,
      resourceArns: [this.#arn],
      ...(conditions && { conditions }),
    }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.accountsTable, this.tableName);
    fn.addEnvironment(ENVIRONMENT.accountsRegion, this.#homeRegion);
  }
}

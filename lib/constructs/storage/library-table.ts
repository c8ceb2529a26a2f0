import type { GlobalSecondaryIndexPropsV2 } from 'aws-cdk-lib/aws-dynamodb';
import { AttributeType, Billing, ProjectionType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import { grantTableStream } from './table-stream.ts';

/** Operations on single items and on one partition, and on several items at once, which are rights of their own; no Scan. */
const READ = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'];
const WRITE = [
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
];

/** The region's library: one table, on demand, recoverable to any second of the last 35 days, and a stream of its changes. */
export class LibraryTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      globalSecondaryIndexes: [DOCUMENTS],
      billing: Billing.onDemand(),
      timeToLiveAttribute: 'expiresAt',
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    });
  }

  /** Lets a function get items by their keys, remember paths, put notes about the variants that it made, and queue invalidations. */
  grantDelivery(fn: LambdaFunction): void {
    this.#grant(fn, ['dynamodb:BatchGetItem', 'dynamodb:GetItem'], [this.table.tableArn]);
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:PutItem'],
        resources: [this.table.tableArn],
        conditions: {
          'ForAllValues:StringLike': {
            'dynamodb:LeadingKeys': ['cache-tag#*', 'dependents#*', 'dir#*', 'invalidations', 'signing-keys#used'],
          },
        },
      }),
    );
  }

  /** Lets a function note which stored variants show a whole file, and find those that are near to a size. */
  grantWholePictures(fn: LambdaFunction): void {
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:PutItem', 'dynamodb:Query'],
        resources: [this.table.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['whole#*'] } },
      }),
    );
  }

  /** Lets a function read and write. */
  grantReadWrite(fn: LambdaFunction): void {
    this.#grant(fn, [...READ, ...WRITE], [this.table.tableArn]);
  }

  /** Lets a function read what searches read. */
  grantSearch(fn: LambdaFunction): void {
    const indexes = [`${this.table.tableArn}/index/docs`];
    this.#grant(fn, ['dynamodb:Query'], indexes);
  }

  /** Lets a function read single items and partitions. */
  grantReadRecords(fn: LambdaFunction): void {
    this.#grant(fn, READ, [this.table.tableArn]);
  }

  /** Lets a function read everything from one end to the other, besides. */
  grantReadAll(fn: LambdaFunction): void {
    this.#grant(fn, [...READ, 'dynamodb:Scan'], [this.table.tableArn]);
  }

  /** Lets a function add items and note that there is a new tree; it cannot remove any. */
  grantAdd(fn: LambdaFunction): void {
    this.#grant(fn, ['dynamodb:PutItem', 'dynamodb:UpdateItem'], [this.table.tableArn]);
  }

  /** Lets a function be called with the stream's records. @returns the stream's ARN */
  grantStream(fn: LambdaFunction): string {
    return grantTableStream(this.table, fn);
  }

  #grant(fn: LambdaFunction, actions: string[], resourceArns: string[]): void {
    Grant.addToPrincipal({ grantee: fn, actions, resourceArns }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.libraryTable, this.table.tableName);
  }
}

/** What searches look through. */
const DOCUMENTS: GlobalSecondaryIndexPropsV2 = {
  indexName: 'docs',
  partitionKey: { name: 'docspk', type: AttributeType.STRING },
  sortKey: { name: 'docssk', type: AttributeType.STRING },
  projectionType: ProjectionType.INCLUDE,
  nonKeyAttributes: ['d'],
};

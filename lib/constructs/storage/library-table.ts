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
      globalSecondaryIndexes: [
        index('docs', { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: ['d'] }),
        index('created'),
      ],
      billing: Billing.onDemand(),
      timeToLiveAttribute: 'expiresAt',
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    });
  }

  /** Lets a function get single items, remember paths, put notes about the variants that it made, and queue invalidations. */
  grantDelivery(fn: LambdaFunction): void {
    this.#grant(fn, ['dynamodb:GetItem'], [this.table.tableArn]);
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

  /** Lets a function read and write. */
  grantReadWrite(fn: LambdaFunction): void {
    this.#grant(fn, [...READ, ...WRITE], [this.table.tableArn]);
  }

  /** Lets a function read what searches read. */
  grantSearch(fn: LambdaFunction): void {
    const indexes = [`${this.table.tableArn}/index/docs`];
    this.#grant(fn, ['dynamodb:Query'], indexes);
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

/** An index that only lists keys, unless it carries something. */
const index = (
  name: string,
  projection: Partial<GlobalSecondaryIndexPropsV2> = { projectionType: ProjectionType.KEYS_ONLY },
): GlobalSecondaryIndexPropsV2 => ({
  indexName: name,
  partitionKey: { name: `${name}pk`, type: AttributeType.STRING },
  sortKey: { name: `${name}sk`, type: AttributeType.STRING },
  ...projection,
});

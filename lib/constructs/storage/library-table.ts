import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';

/** Operations on single items and on one partition; no Scan, which nothing needs. Transactions are made of the same. */
const READ = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'];
const WRITE = ['dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];

/** The one index, by `gsi1pk` and `gsi1sk`. */
const BY_SECOND_KEY = 'gsi1';

/** The region's library: one table, on demand, recoverable to any second of the last 35 days. */
export class LibraryTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      globalSecondaryIndexes: [
        {
          indexName: BY_SECOND_KEY,
          partitionKey: { name: 'gsi1pk', type: AttributeType.STRING },
          sortKey: { name: 'gsi1sk', type: AttributeType.STRING },
        },
      ],
      billing: Billing.onDemand(),
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    });
  }

  /** Lets a function get single items, and put notes about the variants that it made. */
  grantDelivery(fn: LambdaFunction): void {
    this.#grant(fn, ['dynamodb:GetItem'], [this.table.tableArn]);
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:PutItem'],
        resources: [this.table.tableArn],
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['cache-tag#*', 'dependents#*', 'signing-keys#used'] },
        },
      }),
    );
  }

  /** Lets a function read, also by index, and write. */
  grantReadWrite(fn: LambdaFunction): void {
    this.#grant(fn, [...READ, ...WRITE], [this.table.tableArn, `${this.table.tableArn}/index/${BY_SECOND_KEY}`]);
  }

  #grant(fn: LambdaFunction, actions: string[], resourceArns: string[]): void {
    Grant.addToPrincipal({ grantee: fn, actions, resourceArns }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.libraryTable, this.table.tableName);
  }
}

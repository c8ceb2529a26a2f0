import type { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import { AttributeType, Billing, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import { grantTableStream } from './table-stream.ts';

/**
 * What happened in a region: every change's event, in chains. Functions put and query; none may update or delete. IAM knows
 * no condition that demands that an item is new, so a put could still replace one: the stream tells, and the chain shows it.
 * It has no index: each would be one more write of every event, and lists read the chains side by side.
 */
export class AuditTable extends Construct {
  readonly table: TableV2;
  /**
   * Of the resource itself, which stacks of other regions may refer to: `TableV2` would want a name that is known before the
   * deployment.
   */
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    });
    const resource = this.table.node.defaultChild as CfnGlobalTable;
    this.name = resource.ref;
    this.arn = resource.attrArn;
  }

  /** Lets a function read events. */
  grantRead(fn: LambdaFunction): void {
    this.#grantQuery(fn);
    fn.addEnvironment(ENVIRONMENT.auditTable, this.name);
  }

  /** Lets a function be called with what happens to events. @returns the stream's ARN */
  grantStream(fn: LambdaFunction): string {
    return grantTableStream(this.table, fn);
  }

  /** Lets a function add events, in the transaction of the change that they tell of and not otherwise. */
  grantAppend(fn: LambdaFunction): void {
    this.grantRead(fn);
    this.#grantPut(fn);
  }

  /** The same, for a function of whatever region that changes what belongs to the account. */
  grantAppendAtHome(fn: LambdaFunction): void {
    this.#grantQuery(fn);
    this.#grantPut(fn);
    fn.addEnvironment(ENVIRONMENT.homeAuditTable, this.name);
  }

  #grantQuery(fn: LambdaFunction): void {
    const resourceArns = [this.arn];
    Grant.addToPrincipal({ grantee: fn, actions: ['dynamodb:Query'], resourceArns }).assertSuccess();
  }

  #grantPut(fn: LambdaFunction): void {
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:PutItem'],
        resources: [this.arn],
        conditions: { StringEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } },
      }),
    );
  }
}

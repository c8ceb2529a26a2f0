import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

/**
 * Lets a function be called with the records of a table's stream. Lambda asks for all four rights before it maps a stream to a
 * function; streams are listed without a resource.
 * @returns the stream's ARN
 */
export function grantTableStream(table: TableV2, fn: LambdaFunction): string {
  const stream = table.tableStreamArn;
  if (stream === undefined) throw new Error(`${table.node.path} has no stream.`);
  const actions = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
  fn.addToRolePolicy(new PolicyStatement({ actions, resources: [stream] }));
  fn.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: ['*'] }));
  return stream;
}

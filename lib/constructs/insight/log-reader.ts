import { Duration, Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface LogReaderProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** Buckets with lines of requests. */
  readonly buckets: readonly Bucket[];
}

/** Of one log group, and of queries over several (AWS, "CloudWatch Logs permissions reference"). */
const READ_GROUP = ['logs:DescribeLogStreams', 'logs:FilterLogEvents', 'logs:GetLogEvents', 'logs:StartQuery'];
const FOLLOW_QUERY = ['logs:DescribeLogGroups', 'logs:GetLogRecord', 'logs:GetQueryResults', 'logs:StopQuery'];

/**
 * The one role that reads logs: those of all functions in all regions, and those of the CDN. No function may read any. Who may assume the role
 * the account's own policies say; each needs a second factor. What it does is in CloudTrail, its reads of buckets are in their access logs.
 */
export class LogReader extends Construct {
  constructor(scope: Construct, id: string, { deployment, buckets }: LogReaderProps) {
    super(scope, id);
    const { account, partition } = Stack.of(this);
    const role = new Role(this, 'Role', {
      roleName: `${deployment}-log-reader`,
      description: 'Reads the logs of Vitrine; every use is logged',
      assumedBy: new AccountRootPrincipal().withConditions({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
      maxSessionDuration: Duration.hours(1),
    });
    // CloudFormation names a log group after its stack.
    const groups = `arn:${partition}:logs:*:${account}:log-group:${deployment}-*`;
    role.addToPrincipalPolicy(new PolicyStatement({ actions: READ_GROUP, resources: [groups] }));
    // Queries have no names, and what there is has to be found (AWS, "Actions, resources, and condition keys for CloudWatch Logs").
    role.addToPrincipalPolicy(new PolicyStatement({ actions: FOLLOW_QUERY, resources: ['*'] }));
    for (const bucket of buckets) {
      role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
      role.addToPrincipalPolicy(
        new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] }),
      );
    }
  }
}

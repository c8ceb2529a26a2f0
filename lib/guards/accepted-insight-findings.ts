import type { AcceptedFinding } from './accepted-finding.ts';

const READER = 'LogReader/Role/DefaultPolicy/Resource';

/** What is accepted of the role that reads logs, and of the bucket that notes its reads. */
export function ofLogReader(name: string): AcceptedFinding[] {
  return [
    {
      rule: `AwsSolutions-IAM5[Resource::arn:aws:logs:*:<AWS::AccountId>:log-group:${name}-*]`,
      at: [READER],
      reason: 'It reads the log groups of all functions in all regions, whose names CloudFormation makes.',
    },
    {
      rule: 'AwsSolutions-IAM5[Resource::*]',
      at: [READER],
      reason: 'Results of queries have no ARN, and which log groups there are is asked without one.',
    },
    ...['AccessLogsBucketCD784A59', 'AccessLogsReads803A7492'].map((bucket) => ({
      rule: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/*]`,
      at: [READER],
      reason: 'It reads any line of the access log, and of who read it.',
    })),
  ];
}

const REACH = 'SpendCeiling/Reach/Function';

/** What is accepted of the ceiling of spending. */
export const OF_CEILING: readonly AcceptedFinding[] = [
  {
    rule: 'Serverless-LambdaDLQ',
    at: [`${REACH}/Resource`],
    reason:
      'A message says nothing that the budget does not: an alarm tells, and the function is called again by hand.',
  },
  {
    rule: 'Serverless-LambdaAsyncFailureDestination',
    at: [`${REACH}/EventInvokeConfig/Resource`],
    reason:
      'A message says nothing that the budget does not: an alarm tells, and the function is called again by hand.',
  },
  {
    rule: 'Serverless-SNSRedrivePolicy',
    at: [`${REACH}/Reached/Resource`],
    reason: 'SNS repeats what Lambda does not take for hours (AWS, "Amazon SNS message delivery retries").',
  },
  {
    rule: 'Serverless-LambdaTracing',
    at: [`${REACH}/Resource`],
    reason: 'It is called once a month; its log has what it did.',
  },
];

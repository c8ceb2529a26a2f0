import type { AcceptedFinding } from './accepted-finding.ts';

const RECEIVER = 'LargeUploads';
const COPY_ROLE = `${RECEIVER}/CopyRole/DefaultPolicy/Resource`;

/** The function that the CDK adds for the copy; its name is made from its role and log group. */
const COPY = /\bCustom::S3ObjectCopy\w+\/Resource$/;

/** What is accepted of the receivers of large uploads. */
export const ofLargeUploads = (regions: readonly string[]): AcceptedFinding[] => [
  ...OF_RECEIVERS,
  ...regions.map((region) => ofCopy(`Resource::arn:aws:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-${region}/*`)),
];

const ofCopy = (wildcard: string): AcceptedFinding => ({
  rule: `AwsSolutions-IAM5[${wildcard}]`,
  at: [COPY_ROLE],
  reason: 'The CDK grants it to its function that copies the code, while CloudFormation makes the stack.',
});

const OF_RECEIVERS: readonly AcceptedFinding[] = [
  {
    rule: 'AwsSolutions-S1',
    at: [`${RECEIVER}/Code/Resource`],
    reason: 'It holds the code of one function, which is public; deployments write there, and Lambda reads.',
  },
  {
    rule: 'AwsSolutions-SMG4',
    at: ['UploadOrigin/Secret/Resource'],
    reason:
      'Behind it keys are asked for. CloudFront takes a new one with a deployment only; one that rotated by itself would refuse uploads until then.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<OriginalsBucket0D7D99C8.Arn>/uploads/*]',
    at: [`${RECEIVER}/Role/DefaultPolicy/Resource`],
    reason: 'Each upload is stored under a fresh id; the rights are to put objects under uploads/ and to remove them.',
  },
  ...['Resource::<LargeUploadsCodeDFB11BEB.Arn>/web-function/*', 'Action::s3:Abort*', 'Action::s3:DeleteObject*'].map(
    ofCopy,
  ),
  {
    rule: 'AwsSolutions-IAM5[Resource::<LargeUploadsCodeDFB11BEB.Arn>/*]',
    at: ['Emptying/Empty/Role/DefaultPolicy/Resource'],
    reason: 'It deletes every object of the bucket that CloudFormation is about to delete.',
  },
  ...['Serverless-LambdaDefaultMemorySize', 'Serverless-LambdaDLQ', 'Serverless-LambdaTracing'].map((rule) => ({
    rule,
    at: [COPY],
    reason:
      'The function is the CDK’s: it has S3 copy one object, and CloudFormation tells its failure to whoever deploys.',
  })),
];

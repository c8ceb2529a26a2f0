/** What an update must not do to a kind of resource that holds state, or a name that others have copied. */
export interface StatefulKind {
  /** Properties whose change makes CloudFormation put a new, empty resource in the place of the old one. */
  readonly replacing: readonly string[];
  /** Properties that the service does not change once the resource is there: the update fails. @default none */
  readonly unchangeable?: readonly string[];
}

/**
 * The stateful kinds that the stacks have. Source: "AWS resource and property types reference" of CloudFormation, the page of each type, what
 * stands there after "Update requires"; `stateful-kinds.test.ts` compares it with the specification in the CDK CLI. What is unchangeable is in
 * the text of the same pages.
 */
export const STATEFUL_KINDS: Readonly<Record<string, StatefulKind>> = {
  'AWS::ApiGatewayV2::Api': { replacing: ['ProtocolType'] },
  'AWS::CertificateManager::Certificate': {
    replacing: [
      ...['CertificateAuthorityArn', 'CertificateExport', 'DomainName', 'DomainValidationOptions', 'KeyAlgorithm'],
      ...['SubjectAlternativeNames', 'ValidationMethod'],
    ],
  },
  'AWS::CloudFront::Distribution': { replacing: [] },
  'AWS::CloudFront::KeyValueStore': { replacing: ['Name'] },
  'AWS::Cognito::UserPool': {
    replacing: [],
    unchangeable: ['AliasAttributes', 'Schema', 'UsernameAttributes', 'UsernameConfiguration'],
  },
  'AWS::Cognito::UserPoolClient': { replacing: ['GenerateSecret', 'UserPoolId'] },
  'AWS::Cognito::UserPoolDomain': { replacing: ['Domain', 'UserPoolId'] },
  'AWS::DynamoDB::GlobalTable': { replacing: ['KeySchema', 'LocalSecondaryIndexes', 'TableName'] },
  'AWS::KMS::Key': { replacing: [], unchangeable: ['KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'] },
  'AWS::Logs::LogGroup': { replacing: ['LogGroupName'] },
  'AWS::S3::Bucket': { replacing: ['BucketName', 'BucketNamePrefix', 'BucketNamespace', 'ObjectLockEnabled'] },
  'AWS::SNS::Topic': { replacing: ['FifoTopic', 'TopicName'] },
  'AWS::SQS::Queue': { replacing: ['FifoQueue', 'QueueName'] },
  'AWS::SecretsManager::Secret': { replacing: ['Name'] },
};

/** Properties of a kind that must stay what they are. */
export function lastingProperties({ replacing, unchangeable = [] }: StatefulKind): readonly string[] {
  return [...replacing, ...unchangeable];
}

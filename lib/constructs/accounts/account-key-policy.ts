import { AccountRootPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** What the account may let its own principals do with a key: use it, and look after it. */
const ACTIONS = [
  'CancelKeyDeletion',
  'CreateAlias',
  'Decrypt',
  'DeleteAlias',
  'DescribeKey',
  'DisableKey',
  'DisableKeyRotation',
  'EnableKey',
  'EnableKeyRotation',
  'Encrypt',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'ListResourceTags',
  'PutKeyPolicy',
  'ScheduleKeyDeletion',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateKeyDescription',
];

/** The policy of one of our KMS keys: the account decides by its own policies who uses it. */
export function accountKeyPolicy(more: readonly string[] = []): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        principals: [new AccountRootPrincipal()],
        actions: [...ACTIONS, ...more].sort().map((action) => `kms:${action}`),
        // In a key's policy, the key itself (AWS, "Key policies in AWS KMS").
        resources: ['*'],
      }),
    ],
  });
}

import { NO_IAM, TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import { localArn } from '../../assembly/references.ts';
import type { ResourceType } from '../../assembly/resource-type.ts';

/** What is run of the Key Management Service. */
export const KMS_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::KMS::Alias',
    properties: { AliasName: 'run', TargetKeyId: 'run' },
  },
  {
    class: 'run',
    type: 'AWS::KMS::Key',
    references: ({ region }, name) => ({
      ref: name,
      attributes: { Arn: localArn('kms', region, `key/${name}`), KeyId: name },
    }),
    properties: {
      Description: TEXT_FOR_PEOPLE,
      EnableKeyRotation: { ignored: 'A key of this machine stays as it is.' },
      KeyPolicy: NO_IAM,
      KeySpec: { only: ['SYMMETRIC_DEFAULT', 'ECC_NIST_P256'] },
      KeyUsage: { only: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY'] },
      PendingWindowInDays: { ignored: 'Keys of this machine go with its state folder.' },
      Tags: TEXT_FOR_PEOPLE,
    },
  },
];

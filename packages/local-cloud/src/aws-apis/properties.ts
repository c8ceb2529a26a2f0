import type { PropertySpec, ResourceSpec } from '../property-spec.ts';

const NO_MEANING: PropertySpec = { ignored: 'A text for people; nothing runs by it.' };

/** What the local cloud does with keys, secrets and parameters. */
export const AWS_API_RESOURCE_SPECS: readonly ResourceSpec[] = [
  {
    type: 'AWS::KMS::Alias',
    properties: { AliasName: 'run', TargetKeyId: 'run' },
  },
  {
    type: 'AWS::KMS::Key',
    properties: {
      Description: NO_MEANING,
      EnableKeyRotation: { ignored: 'A key of this machine stays as it is.' },
      KeyPolicy: { ignored: 'Rights are not evaluated on this machine; the template tests hold them.' },
      KeySpec: { only: ['SYMMETRIC_DEFAULT'] },
      KeyUsage: { only: ['ENCRYPT_DECRYPT'] },
      PendingWindowInDays: { ignored: 'Keys of this machine go with its state folder.' },
      Tags: NO_MEANING,
    },
  },
  {
    type: 'AWS::SecretsManager::Secret',
    properties: {
      Description: NO_MEANING,
      GenerateSecretString: {
        object: {
          ExcludeCharacters: 'run',
          ExcludeLowercase: 'run',
          ExcludeNumbers: 'run',
          ExcludePunctuation: 'run',
          ExcludeUppercase: 'run',
          GenerateStringKey: 'run',
          IncludeSpace: 'run',
          PasswordLength: 'run',
          RequireEachIncludedType: 'run',
          SecretStringTemplate: 'run',
        },
      },
      KmsKeyId: { ignored: 'Secrets are in a file that only its owner may read.' },
      Name: 'run',
      SecretString: 'run',
      Tags: NO_MEANING,
    },
  },
  {
    type: 'AWS::SSM::Parameter',
    properties: {
      Description: NO_MEANING,
      Name: 'run',
      Tags: NO_MEANING,
      Tier: { ignored: 'A matter of price.' },
      Type: { only: ['String'] },
      Value: 'run',
    },
  },
];

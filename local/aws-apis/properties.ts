import type { PropertySpec, ResourceSpec } from '../property-spec.ts';

const NO_MEANING: PropertySpec = { ignored: 'A text for people; nothing runs by it.' };

/** What the local cloud does with secrets and parameters. */
export const AWS_API_RESOURCE_SPECS: readonly ResourceSpec[] = [
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

import { TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import { localArn } from '../../assembly/references.ts';
import type { ResourceType } from '../../assembly/resource-type.ts';

/** Six characters that Secrets Manager appends to a name, here the same for all. */
const NAMED = '-LoCaL0';

/** What is run of Secrets Manager. */
export const SECRET_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::SecretsManager::Secret',
    nameProperty: 'Name',
    references: ({ region, properties }, name) => {
      const ending = properties.Name === undefined ? '' : NAMED;
      return { ref: localArn('secretsmanager', region, `secret:${name}${ending}`), attributes: {} };
    },
    properties: {
      Description: TEXT_FOR_PEOPLE,
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
      ReplicaRegions: { list: { object: { Region: 'run' } } },
      SecretString: 'run',
      Tags: TEXT_FOR_PEOPLE,
    },
  },
];

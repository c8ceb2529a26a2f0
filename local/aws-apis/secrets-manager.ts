import { type SecretStore, secretName } from './secret-store.ts';
import { ServiceError } from './service-error.ts';

/** Secrets Manager's GetSecretValue, for the current version. */
export function secretsManager(store: SecretStore) {
  return {
    'secretsmanager.GetSecretValue': (input: Readonly<Record<string, unknown>>): unknown => {
      const { SecretId: id, VersionStage: stage = 'AWSCURRENT', VersionId: version } = input;
      if (typeof id !== 'string' || id === '') throw new ServiceError('ValidationException', 'SecretId is required.');
      const secret = store.find(id);
      if (!secret) throw notFound("Secrets Manager can't find the specified secret.");
      if (stage !== 'AWSCURRENT' || (version !== undefined && version !== secret.versionId)) {
        throw notFound("Secrets Manager can't find the specified secret value.");
      }
      return {
        ARN: secret.arn,
        Name: secretName(secret.arn),
        SecretString: secret.value,
        VersionId: secret.versionId,
        VersionStages: ['AWSCURRENT'],
        CreatedDate: secret.createdAt / 1000,
      };
    },
  };
}

function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message);
}

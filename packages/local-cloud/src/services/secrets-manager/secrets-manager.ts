import type { AwsApi } from '../../aws-api/aws-api.ts';
import { jsonApi } from '../../aws-api/json-api.ts';
import { ServiceError } from '../../aws-api/service-error.ts';
import { type SecretStore, secretName } from './secret-store.ts';

/** AWS, "Quotas for AWS Secrets Manager". */
const SECRET_BYTES = 65_536;

/** Secrets Manager's GetSecretValue and PutSecretValue, for the current version. */
export function secretsManager(store: SecretStore, now: () => Date): AwsApi {
  return jsonApi({
    signingName: 'secretsmanager',
    targetPrefix: 'secretsmanager',
    operations: {
      GetSecretValue: (input: Readonly<Record<string, unknown>>): unknown => {
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
      PutSecretValue: async (input: Readonly<Record<string, unknown>>): Promise<unknown> => {
        const { SecretId: id, SecretString: value, ClientRequestToken: versionId } = input;
        if (typeof id !== 'string' || typeof value !== 'string' || typeof versionId !== 'string') {
          throw new ServiceError('ValidationException', 'SecretId, SecretString and ClientRequestToken are required.');
        }
        if (Buffer.byteLength(value) > SECRET_BYTES) {
          throw new ServiceError('ValidationException', `A secret may have at most ${SECRET_BYTES} bytes.`);
        }
        if (store.isCopy(id)) {
          throw new ServiceError('InvalidRequestException', 'Operation not permitted on a replica secret.');
        }
        const secret = await store.put(id, value, versionId, now());
        if (!secret) throw notFound("Secrets Manager can't find the specified secret.");
        return { ARN: secret.arn, Name: secretName(secret.arn), VersionId: versionId, VersionStages: ['AWSCURRENT'] };
      },
    },
  });
}

function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message);
}

import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { DeploymentSecret } from '../../core/settings/signing-keys/signing-secret.ts';
import { parseSecret } from '../../core/settings/signing-keys/signing-secret.ts';
import { cached } from '../cached.lean.ts';

/** How long a function may use a key pair that was replaced meanwhile. */
const MEMORY = 60_000;

/** The deployment's key pair, from Secrets Manager. The value never appears in an error. */
export function credentialsSecret(client: SecretsManagerClient, secretId: string): () => Promise<DeploymentSecret> {
  return cached(async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return parseSecret(SecretString ?? '');
  }, MEMORY);
}

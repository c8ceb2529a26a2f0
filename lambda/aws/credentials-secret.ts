import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Credentials } from '../core/access/credentials.ts';
import { cached } from './cached.ts';

/** How long a function may use a key pair that was replaced meanwhile. */
const MEMORY = 60_000;

/** The deployment's key pair, from Secrets Manager. The value never appears in an error. */
export function credentialsSecret(client: SecretsManagerClient, secretId: string): () => Promise<Credentials> {
  return cached(async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return parse(SecretString ?? '');
  }, MEMORY);
}

function parse(text: string): Credentials {
  const { publicKey, privateKey } = parseObject(text);
  if (typeof publicKey !== 'string' || typeof privateKey !== 'string' || !publicKey || !privateKey) {
    throw new Error('The credentials secret is not JSON with publicKey and privateKey.');
  }
  return { publicKey, privateKey };
}

/** The engine's own error would quote the text. */
function parseObject(text: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return {};
  }
}

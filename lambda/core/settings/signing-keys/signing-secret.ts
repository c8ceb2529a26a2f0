import type { Credentials } from '../../accounts/credentials.ts';
import type { SigningKey } from './signing-keys.ts';

/** The deployment's secret: the key pair of the API, and what else signs URLs. */
export interface DeploymentSecret extends Credentials {
  readonly signingKeys: readonly SigningKey[];
}

/**
 * Reads the text of the secret.
 * @throws when it is damaged; the message never quotes it
 */
export function parseSecret(text: string): DeploymentSecret {
  const { publicKey, privateKey, signingKeys = [] } = parseObject(text);
  if (typeof publicKey !== 'string' || typeof privateKey !== 'string' || !publicKey || !privateKey) {
    throw new Error('The credentials secret is not JSON with publicKey and privateKey.');
  }
  if (!Array.isArray(signingKeys) || !signingKeys.every(isSigningKey)) {
    throw new Error('The signingKeys of the credentials secret are damaged.');
  }
  return { publicKey, privateKey, signingKeys };
}

function isSigningKey(value: unknown): value is SigningKey {
  const { id, key, createdAt, startsAt, endsAt } = { ...(value as Record<string, unknown>) };
  const isTime = (time: unknown): boolean => typeof time === 'string' && !Number.isNaN(Date.parse(time));
  return (
    typeof id === 'string' &&
    id !== '' &&
    typeof key === 'string' &&
    key !== '' &&
    isTime(createdAt) &&
    (startsAt === undefined || isTime(startsAt)) &&
    (endsAt === undefined || isTime(endsAt))
  );
}

/** The engine's own error would quote the text. */
function parseObject(text: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return {};
  }
}

import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { equalInConstantTime } from '../../core/accounts/credentials.ts';

/** Milliseconds after which a secret that does not fit is read again: the edge may have a new one. */
const OLD = 60_000;

/**
 * Compares the secret that the distribution adds to its requests.
 * @param secretId of the secret in the edge's region
 * @returns a function that says whether it is the one; false while there is none, before the edge is there
 */
export function originSecret(client: SecretsManagerClient, secretId: string, clock: () => number) {
  let known: { readonly value: string | undefined; readonly at: number } | undefined;
  const read = async () => {
    const { SecretString } = await client
      .send(new GetSecretValueCommand({ SecretId: secretId }))
      .catch((error: Error) =>
        error.name === 'ResourceNotFoundException' ? { SecretString: undefined } : fail(error),
      );
    known = { value: SecretString, at: clock() };
    return SecretString;
  };
  const isIt = (given: string, value: string | undefined) => value !== undefined && equalInConstantTime(given, value);
  return async (given: string | null): Promise<boolean> => {
    if (given === null) return false;
    if (isIt(given, known ? known.value : await read())) return true;
    return known !== undefined && clock() - known.at > OLD && isIt(given, await read());
  };
}

function fail(error: Error): never {
  throw error;
}

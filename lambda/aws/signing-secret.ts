import type { SigningSecret } from '../core/access/signing-keys.ts';
import { parseSecret } from '../core/access/signing-secret.ts';
import type { Environment } from './service-endpoint.ts';
import { secretsManagerEndpoint } from './service-endpoint.ts';
import { signedFetch } from './signed-fetch.ts';

/** Milliseconds for one attempt. */
const TIMEOUT = 2_000;

/** The keys that sign URLs, from Secrets Manager without SDK: the transformer needs them for signed URLs only. */
export function signingSecret(environment: Environment, secretId: string): () => Promise<SigningSecret> {
  const send = signedFetch('secretsmanager', environment);
  const url = `${secretsManagerEndpoint(environment)}/`;
  return async () => {
    const { SecretString } = await send(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': 'secretsmanager.GetSecretValue',
        },
        body: JSON.stringify({ SecretId: secretId }),
        timeout: TIMEOUT,
      },
      async (response) => (await response.json()) as { readonly SecretString?: string },
    );
    return parseSecret(SecretString ?? '');
  };
}

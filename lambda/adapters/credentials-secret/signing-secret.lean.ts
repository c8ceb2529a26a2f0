import type { AuditEvent } from '../../core/audit/event.ts';
import type { SigningSecretStore } from '../../core/settings/signing-keys/manage-signing-keys.ts';
import type { SigningSecret } from '../../core/settings/signing-keys/signing-keys.ts';
import { parseSecret } from '../../core/settings/signing-keys/signing-secret.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { secretsManagerEndpoint } from '../signed-http/service-endpoint.lean.ts';
import { signedFetch } from '../signed-http/signed-fetch.lean.ts';

/** Milliseconds for one attempt. */
const TIMEOUT = 2_000;

/**
 * The secret with the keys that sign URLs, in Secrets Manager, without SDK: the transformer needs it for signed URLs
 * only. Secrets Manager replaces a value as a whole, so of two changes at the same moment the second wins. It knows no
 * transaction with the audit table, so the event comes first: a change that failed is told, and then told to have failed.
 */
export function signingSecretStore(
  environment: Environment,
  secretId: string,
  tell: (event: AuditEvent) => Promise<unknown>,
): SigningSecretStore {
  const call = secretCall(environment, secretId);
  const readText = async (): Promise<string> => (await call('GetSecretValue', {})).SecretString ?? '';
  return {
    read: async () => parseSecret(await readText()),
    commit: async (keys, event) => {
      const text = await readText();
      parseSecret(text);
      const members = JSON.parse(text) as Record<string, unknown>;
      const SecretString = JSON.stringify({ ...members, signingKeys: keys });
      await tell(event);
      try {
        await call('PutSecretValue', { SecretString, ClientRequestToken: crypto.randomUUID() });
      } catch (error) {
        await tell({ ...event, result: 'failed' });
        throw error;
      }
    },
  };
}

/** The keys that sign URLs, read anew at every call. */
export function signingSecret(environment: Environment, secretId: string): () => Promise<SigningSecret> {
  const call = secretCall(environment, secretId);
  return async () => parseSecret((await call('GetSecretValue', {})).SecretString ?? '');
}

function secretCall(environment: Environment, secretId: string) {
  const send = signedFetch('secretsmanager', environment);
  const url = `${secretsManagerEndpoint(environment)}/`;
  return (action: 'GetSecretValue' | 'PutSecretValue', input: object) =>
    send(
      url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `secretsmanager.${action}` },
        body: JSON.stringify({ SecretId: secretId, ...input }),
        timeout: TIMEOUT,
      },
      async (answer) => JSON.parse(await answer.text()) as { readonly SecretString?: string },
    );
}

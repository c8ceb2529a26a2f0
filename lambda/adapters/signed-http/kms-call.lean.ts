import type { Environment } from './service-endpoint.lean.ts';
import { kmsEndpoint } from './service-endpoint.lean.ts';
import { signedFetch } from './signed-fetch.lean.ts';

/** Milliseconds for one attempt. */
const TIMEOUT = 3_000;

/** One call of the Key Management Service; bytes are base64. */
export type KmsCall = (
  action: 'Encrypt' | 'Decrypt' | 'GenerateDataKey' | 'GetPublicKey' | 'Sign',
  input: object,
) => Promise<Readonly<Record<string, string>>>;

/** The Key Management Service without SDK. */
export function kmsCaller(environment: Environment): KmsCall {
  const send = signedFetch('kms', environment);
  const url = `${kmsEndpoint(environment)}/`;
  return (action, input) =>
    send(
      url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `TrentService.${action}` },
        body: JSON.stringify(input),
        timeout: TIMEOUT,
      },
      async (answer) => JSON.parse(await answer.text()) as Readonly<Record<string, string>>,
    );
}

/** @throws when KMS left it out */
export function requiredText(value: string | undefined): string {
  if (value === undefined) throw new Error('KMS gave an answer without its text.');
  return value;
}

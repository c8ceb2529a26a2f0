import type { CredentialOpener, CredentialSealer } from '../../core/settings/origins/credential-sealing.ts';
import type { OriginCredentials } from '../../core/settings/origins/origin.ts';
import { isWithin } from '../cached.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { kmsEndpoint } from '../signed-http/service-endpoint.lean.ts';
import { signedFetch } from '../signed-http/signed-fetch.lean.ts';

/** Milliseconds for one attempt. */
const TIMEOUT = 3_000;

/** How long a warm function remembers what it decrypted, in milliseconds. */
const MEMORY = 300_000;

type Kms = (action: 'Encrypt' | 'Decrypt', input: object) => Promise<Readonly<Record<string, string>>>;

/**
 * Encrypts credentials in KMS itself (they fit into the 4096 bytes of one call), with the origin's id as encryption
 * context: ciphertext that is moved to another origin does not decrypt.
 */
export function credentialSealer(environment: Environment, keyId: string): CredentialSealer {
  const kms = kmsCaller(environment);
  return {
    seal: async (originId, credentials) => {
      const Plaintext = Buffer.from(JSON.stringify(credentials)).toString('base64');
      const answer = await kms('Encrypt', { KeyId: keyId, Plaintext, EncryptionContext: contextOf(originId) });
      return required(answer.CiphertextBlob);
    },
  };
}

/** Decrypts credentials, and remembers them for some minutes: a function that is asked often would pay for each call. */
export function credentialOpener(environment: Environment, keyId: string, now = Date.now): CredentialOpener {
  const kms = kmsCaller(environment);
  const known = new Map<string, { readonly openedAt: number; readonly credentials: Promise<OriginCredentials> }>();
  const decrypt = async (originId: string, sealed: string): Promise<OriginCredentials> => {
    const EncryptionContext = contextOf(originId);
    const { Plaintext } = await kms('Decrypt', { KeyId: keyId, CiphertextBlob: sealed, EncryptionContext });
    return parse(Buffer.from(required(Plaintext), 'base64').toString());
  };
  return {
    open: (originId, sealed) => {
      const found = known.get(originId + sealed);
      if (found && isWithin(MEMORY, found.openedAt, now())) return found.credentials;
      const credentials = decrypt(originId, sealed);
      known.set(originId + sealed, { openedAt: now(), credentials });
      credentials.catch(() => known.delete(originId + sealed));
      return credentials;
    },
  };
}

const contextOf = (originId: string) => ({ origin: originId });

function kmsCaller(environment: Environment): Kms {
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

function required(value: string | undefined): string {
  if (value === undefined) throw new Error('KMS gave an answer without its text.');
  return value;
}

/** The engine's own error would quote the text. */
function parse(text: string): OriginCredentials {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The decrypted credentials of an origin are no JSON.');
  }
}

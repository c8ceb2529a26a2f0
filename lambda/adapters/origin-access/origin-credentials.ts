import type { CredentialOpener, CredentialSealer } from '../../core/settings/origins/credential-sealing.ts';
import type { OriginCredentials } from '../../core/settings/origins/origin.ts';
import { isWithin } from '../cached.lean.ts';
import { kmsCaller, requiredText } from '../signed-http/kms-call.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';

/** How long a warm function remembers what it decrypted, in milliseconds. */
const MEMORY = 300_000;

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
      return requiredText(answer.CiphertextBlob);
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
    return parse(Buffer.from(requiredText(Plaintext), 'base64').toString());
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

/** The engine's own error would quote the text. */
function parse(text: string): OriginCredentials {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The decrypted credentials of an origin are no JSON.');
  }
}

import type { CredentialOpener, CredentialSealer } from '../../core/settings/origins/credential-sealing.ts';
import type { OriginCredentials } from '../../core/settings/origins/origin.ts';
import { textOpener, textSealer } from '../signed-http/kms-sealing.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';

/** Encrypts credentials in KMS itself, with the origin's id as encryption context. */
export function credentialSealer(environment: Environment, keyId: string): CredentialSealer {
  const seal = textSealer(environment, keyId, contextOf);
  return { seal: (originId, credentials) => seal(originId, JSON.stringify(credentials)) };
}

export function credentialOpener(environment: Environment, keyId: string, now = Date.now): CredentialOpener {
  const open = textOpener(environment, keyId, contextOf, now);
  return { open: async (originId, sealed) => parse(await open(originId, sealed)) };
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

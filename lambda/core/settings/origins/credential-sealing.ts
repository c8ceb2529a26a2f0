import type { OriginCredentials } from './origin.ts';

/** Encrypts credentials for one origin; what was encrypted for another origin does not decrypt. */
export interface CredentialSealer {
  seal(originId: string, credentials: OriginCredentials): Promise<string>;
}

export interface CredentialOpener {
  /** @throws when it was sealed for another origin or with another key */
  open(originId: string, sealed: string): Promise<OriginCredentials>;
}

import { randomBytes } from 'node:crypto';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
} from 'openid-client';
import { makeDirectory } from './directory.ts';
import { DIRECTORY_CALLBACK, type PoolDirectory } from './directory-place.ts';
import type { FederatedClaims } from './federated-accounts.ts';

const DIRECTORIES = '/directories/';
const MINUTES = 10;

interface Attempt {
  /** The sign-in that leads to the directory. */
  readonly uid: string;
  readonly name: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly endsAt: number;
  claims?: FederatedClaims;
}

/** The user pool as a client of its directories (OpenID Connect, code flow). Both kinds of directory are OpenID providers here. */
export function federation(url: string, directories: readonly PoolDirectory[], now: () => number) {
  const attempts = new Map<string, Attempt>();
  const secret = randomBytes(32).toString('base64url');
  const client = { id: 'user-pool', secret, callback: `${url}${DIRECTORY_CALLBACK}` };
  const urlOf = (name: string) => `${url}${DIRECTORIES}${name}`;
  const made = new Map<string, ReturnType<typeof makeDirectory>>();
  const known = new Map<string, Promise<Configuration>>();
  const configuration = (name: string): Promise<Configuration> => {
    const options = { execute: [allowInsecureRequests] };
    const found =
      known.get(name) ?? discovery(new URL(urlOf(name)), client.id, secret, ClientSecretBasic(secret), options);
    known.set(name, found);
    return found;
  };
  return {
    /** The provider below a path of this issuer. @returns undefined for a path of no directory */
    directoryAt: (pathname: string) => {
      const name = pathname.startsWith(DIRECTORIES) ? pathname.slice(DIRECTORIES.length).split('/')[0] : undefined;
      if (name === undefined || !directories.some((one) => one.name === name)) return undefined;
      const directory = made.get(name) ?? makeDirectory({ name, url: urlOf(name), client });
      made.set(name, directory);
      return directory;
    },
    /** Where a browser says to a directory who it is. */
    begin: async (uid: string, name: string): Promise<URL> => {
      const [state, nonce, verifier] = [1, 2, 3].map(() => randomBytes(32).toString('base64url')) as [
        string,
        string,
        string,
      ];
      for (const [key, { endsAt }] of attempts) if (endsAt <= now()) attempts.delete(key);
      attempts.set(state, { uid, name, nonce, verifier, endsAt: now() + MINUTES * 60_000 });
      return buildAuthorizationUrl(await configuration(name), {
        redirect_uri: client.callback,
        scope: 'openid email profile',
        prompt: 'login',
        ...{ state, nonce, code_challenge_method: 'S256' },
        code_challenge: await calculatePKCECodeChallenge(verifier),
      });
    },
    /** Exchanges the directory's code. @returns where the browser goes on, with its own cookie. @throws when a check fails */
    receive: async (returned: URL): Promise<string> => {
      const state = returned.searchParams.get('state') ?? '';
      const attempt = attempts.get(state);
      if (!attempt || attempt.endsAt <= now()) throw new Error('No sign-in waits for this directory.');
      const { uid, name, nonce, verifier } = attempt;
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      const tokens = await authorizationCodeGrant(await configuration(name), returned, checks);
      attempt.claims = tokens.claims() as unknown as FederatedClaims;
      return `/interaction/${uid}/directory?ticket=${state}`;
    },
    /** Who came back, once. @returns undefined for another browser's ticket */
    take: (uid: string, ticket: string) => {
      const attempt = attempts.get(ticket);
      if (attempt?.uid !== uid || !attempt.claims) return undefined;
      attempts.delete(ticket);
      const directory = directories.find(({ name }) => name === attempt.name);
      return directory && { directory, claims: attempt.claims };
    },
  };
}

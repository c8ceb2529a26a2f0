import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  ClientSecretBasic,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
} from 'openid-client';
import type { SignInProvider } from '../../core/accounts/sign-in/sign-in-provider.ts';
import type { Report } from '../../core/kernel/report.ts';
import { cached } from '../cached.lean.ts';
import { provenBy } from './proven-claims.ts';

export interface OpenIdProviderOptions {
  /** By which people's accounts are known; it stays when the issuer's address changes. */
  readonly id: string;
  /** The issuer's URL. Only one on this machine may be without TLS. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: () => Promise<string>;
}

/** How long a function knows the issuer's endpoints and keys by what it read, in milliseconds. */
const MEMORY = 3_600_000;

/** Seconds for one request to the issuer. */
const TIMEOUT_SECONDS = 5;

/**
 * Seconds since the person proved who they are after which the provider is asked to ask again. One that does not know the
 * parameter gives an older proof, which counts as what it is: from before or after the person was signed out.
 */
const FRESH_SECONDS = 300;

/** `profile` has what directories say beside the address. */
const SCOPE = 'openid email profile';

/** Sign-in by the authorization code flow (OpenID Connect Core, section 3.1) with PKCE, state and nonce. */
export function openIdProvider(options: OpenIdProviderOptions): (report: Report) => SignInProvider {
  const configuration = cached(() => discover(options), MEMORY);
  return (report) => ({
    begin: async (callback, { state, nonce, verifier }, isAgain) =>
      buildAuthorizationUrl(await configuration(), {
        redirect_uri: callback,
        scope: SCOPE,
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        max_age: String(FRESH_SECONDS),
        ...(isAgain && { prompt: 'login' }),
      }),
    finish: async (returned, { state, nonce, verifier }) => {
      try {
        const tokens = await authorizationCodeGrant(await configuration(), returned, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        return provenBy(options.id, tokens.claims() ?? {});
      } catch (error) {
        report('sign-in-failed', withoutDetails(error));
        return undefined;
      }
    },
    end: async (returnTo) => {
      const known = await configuration();
      if (known.serverMetadata().end_session_endpoint === undefined) return undefined;
      // The standard's name of the parameter, and Cognito's (AWS, "Logout endpoint").
      return buildEndSessionUrl(known, { post_logout_redirect_uri: returnTo, logout_uri: returnTo });
    },
  });
}

async function discover({ issuer, clientId, clientSecret }: OpenIdProviderOptions): Promise<Configuration> {
  const url = new URL(issuer);
  const secret = await clientSecret();
  const isHere = url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const execute = [enableNonRepudiationChecks, ...(isHere ? [allowInsecureRequests] : [])];
  return discovery(url, clientId, secret, ClientSecretBasic(secret), { execute, timeout: TIMEOUT_SECONDS });
}

/** Causes may hold tokens and codes, which must not be in a log. */
function withoutDetails(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error ? String(error.code) : '';
  const reason = 'error' in error ? String(error.error) : '';
  return [error.name, code, reason].filter(Boolean).join(' ');
}

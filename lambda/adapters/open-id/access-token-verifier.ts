import type { JWKSCacheInput, JWTPayload, JWTVerifyGetKey } from 'jose';
import { createLocalJWKSet, createRemoteJWKSet, errors, jwksCache, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../core/accounts/sign-in/authenticate-token.ts';

export interface AccessTokenVerifierOptions {
  /** As people's accounts are known by: see `OpenIdProviderOptions`. */
  readonly id: string;
  /** Exactly as tokens name it. */
  readonly issuer: string;
  /** The client of the command line, the only one whose tokens leave the API. */
  readonly clientId: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Milliseconds for one request of the issuer's keys. */
const TIMEOUT = 2_000;

/** Seconds by which the issuer's clock may differ. */
const SKEW = 5;

/** Seconds that a token may hold, whatever it says. */
const LONGEST_LIFE = 3_600;

/** Signed tokens of which we must know everything that they prove. */
const REQUIRED = ['exp', 'iat', 'sub', 'jti'];

/**
 * Verifies access tokens (RFC 9068, RFC 8725) of one issuer and one client. Keys come from the issuer's address in the
 * configuration; what a token's header says of keys is not looked at. User pools write the client into `client_id` and no
 * `aud`, and mark the kind of token by `token_use` (AWS, "Understanding the access token").
 */
export function accessTokenVerifier({ id, issuer, clientId, clock }: AccessTokenVerifierOptions): VerifyAccessToken {
  const keys = keysOf(issuer);
  return async (token) => {
    const now = clock();
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      algorithms: ['RS256'],
      clockTolerance: SKEW,
      requiredClaims: REQUIRED,
      currentDate: new Date(now),
    }).catch(() => ({ payload: undefined }));
    if (!payload || !isOurs(payload, clientId, now / 1000)) return undefined;
    const authenticatedAt = new Date(Number(payload.auth_time) * 1000).toISOString();
    return { provider: id, subject: String(payload.sub), authenticatedAt };
  };
}

/** The library takes tokens from the future and of any life, and an issuer that is a list; each line here is needed. */
function isOurs(claims: JWTPayload, clientId: string, now: number): boolean {
  const { iss, sub, exp, iat, auth_time: at } = claims;
  return (
    typeof iss === 'string' &&
    typeof sub === 'string' &&
    claims.token_use === 'access' &&
    claims.client_id === clientId &&
    Number(exp) - Number(iat) <= LONGEST_LIFE &&
    Number(iat) <= now + SKEW &&
    typeof at === 'number' &&
    at >= 0 &&
    at <= now + SKEW
  );
}

/** Keys that were read before go on counting while the issuer does not answer; a key that is not among them is nobody's. */
function keysOf(issuer: string): JWTVerifyGetKey {
  const cache: JWKSCacheInput = {};
  const url = new URL(`${issuer}/.well-known/jwks.json`);
  const remote = createRemoteJWKSet(url, { timeoutDuration: TIMEOUT, [jwksCache]: cache });
  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      if (cache.jwks === undefined || error instanceof errors.JWKSNoMatchingKey) throw error;
      return createLocalJWKSet(cache.jwks)(header, token);
    }
  };
}

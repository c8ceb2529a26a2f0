import Provider from 'oidc-provider';
import type { AccountStore } from './account-store.ts';
import { type FederatedAccounts, federatedClaims } from './federated-accounts.ts';
import { cookieNames, grantWithoutConsent, policyWithoutConsent } from './first-party.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import type { ProviderStorage } from './provider-storage.ts';

/** A client of a user pool, as its template declares it. */
export interface PoolClient {
  readonly clientId: string;
  /** @default a public client, which proves itself by PKCE alone */
  readonly secret?: string;
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
}

export interface IssuerOptions {
  /** Base URL without a slash at the end. */
  readonly url: string;
  readonly clients: readonly PoolClient[];
  readonly accounts: AccountStore;
  readonly federated: FederatedAccounts;
  readonly storage: ProviderStorage;
  readonly keys: IssuerKeys;
}

const RESOURCE = 'urn:local-cloud:user-pool';
const SCOPE = 'openid email profile';
const ACCESS_TOKEN_SECONDS = 3600;
const ID_TOKEN_SECONDS = 300;

/** The OpenID provider (oidc-provider, certified by the OpenID Foundation) that stands in for a user pool's. */
export function makeIssuer({ url, clients, accounts, federated, storage, keys }: IssuerOptions): Provider {
  const provider: Provider = new Provider(url, {
    adapter: storage.adapterFor,
    clients: clients.map(toClient),
    jwks: keys.jwks,
    cookies: { keys: keys.cookieKeys, names: cookieNames(url) },
    pkce: { required: () => true },
    scopes: ['openid', 'email', 'profile'],
    claims: {
      openid: ['sub', 'identities', 'amr'],
      email: ['email', 'email_verified'],
      profile: ['custom:groups', 'custom:methods'],
    },
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context: unknown, _resource: string, client: { readonly clientId: string }) => ({
          scope: SCOPE,
          audience: client.clientId,
          accessTokenFormat: 'jwt',
          accessTokenTTL: ACCESS_TOKEN_SECONDS,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    interactions: {
      policy: policyWithoutConsent(),
      url: (_context: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}`,
    },
    // Where user pools have their keys, and what their access tokens say (AWS, "Understanding the access token").
    routes: { jwks: '/.well-known/jwks.json' },
    extraTokenClaims: ({ oidc }: TokenContext) => ({
      token_use: 'access',
      auth_time: oidc.entities.AuthorizationCode?.authTime,
    }),
    findAccount: (_context: unknown, subject: string) => findAccount(accounts, federated, subject),
    loadExistingGrant: grantWithoutConsent(() => provider, SCOPE, RESOURCE),
    ttl: {
      Interaction: 900,
      Session: 3600,
      Grant: 3600,
      AccessToken: ACCESS_TOKEN_SECONDS,
      IdToken: ID_TOKEN_SECONDS,
    },
  });
  return provider;
}

interface TokenContext {
  readonly oidc: { readonly entities: { readonly AuthorizationCode?: { readonly authTime?: number } } };
}

/** `native`: any port of this machine is the one that was declared (RFC 8252, section 7.3). */
function toClient({ clientId, secret, callbackUrls, logoutUrls }: PoolClient) {
  return {
    client_id: clientId,
    application_type: 'native',
    redirect_uris: callbackUrls,
    post_logout_redirect_uris: logoutUrls,
    grant_types: ['authorization_code'],
    response_types: ['code'],
    ...(secret === undefined
      ? { token_endpoint_auth_method: 'none' }
      : { token_endpoint_auth_method: 'client_secret_basic', client_secret: secret }),
    require_auth_time: true,
  };
}

/** Undefined for whom there is none, which ends the sign-in. */
function findAccount(accounts: AccountStore, federated: FederatedAccounts, subject: string) {
  const vouchedFor = federated.findBySubject(subject);
  if (vouchedFor) return { accountId: subject, claims: () => federatedClaims(vouchedFor) };
  const found = accounts.findBySubject(subject);
  if (!found || found.isDisabled) return undefined;
  return { accountId: subject, claims: () => ({ sub: subject, email: found.mail, email_verified: true }) };
}

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider, { interactionPolicy } from 'oidc-provider';
import { readState, writeState } from '../../json-state.ts';
import type { AccountStore } from './account-store.ts';
import type { ProviderStorage } from './provider-storage.ts';

/** A client of a user pool, as its template declares it. */
export interface PoolClient {
  readonly clientId: string;
  /** @default a public client, which proves itself by PKCE alone */
  readonly secret?: string;
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
}

/** What the issuer signs with; made once. */
export interface IssuerKeys {
  readonly jwks: { readonly keys: readonly object[] };
  readonly cookieKeys: readonly string[];
}

export interface IssuerOptions {
  /** Base URL without a slash at the end. */
  readonly url: string;
  readonly clients: readonly PoolClient[];
  readonly accounts: AccountStore;
  readonly storage: ProviderStorage;
  readonly keys: IssuerKeys;
}

const RESOURCE = 'urn:local-cloud:user-pool';
const ACCESS_TOKEN_SECONDS = 3600;
const ID_TOKEN_SECONDS = 300;

/** The keys in a file that only its owner may read. */
export async function issuerKeys(file: string | undefined): Promise<IssuerKeys> {
  const found = file === undefined ? undefined : ((await readState(file)) as IssuerKeys | undefined);
  if (found) return found;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = {
    ...privateKey.export({ format: 'jwk' }),
    use: 'sig',
    alg: 'RS256',
    kid: randomBytes(8).toString('hex'),
  };
  const made = { jwks: { keys: [key] }, cookieKeys: [randomBytes(32).toString('base64url')] };
  if (file !== undefined) await writeState(file, made);
  return made;
}

/** The OpenID provider (oidc-provider, certified by the OpenID Foundation) that stands in for a user pool's. */
export function makeIssuer({ url, clients, accounts, storage, keys }: IssuerOptions): Provider {
  const provider = new Provider(url, {
    adapter: storage.adapterFor,
    clients: clients.map(toClient),
    jwks: keys.jwks,
    // Cookies know no ports: two programs on one machine would take each other's.
    cookies: { keys: keys.cookieKeys, names: cookieNames(url) },
    pkce: { required: () => true },
    scopes: ['openid', 'email'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
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
          scope: 'openid email',
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
    findAccount: (_context: unknown, subject: string) => findAccount(accounts, subject),
    loadExistingGrant,
    ttl: {
      Interaction: 900,
      Session: 3600,
      Grant: 3600,
      AccessToken: ACCESS_TOKEN_SECONDS,
      IdToken: ID_TOKEN_SECONDS,
    },
  });
  return provider;

  /** All clients are the pool's own: nobody is asked for consent. */
  async function loadExistingGrant(context: GrantContext) {
    const { client, session } = context.oidc;
    if (!session.accountId) return undefined;
    const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
    grant.addOIDCScope('openid email');
    grant.addResourceScope(RESOURCE, 'openid email');
    await grant.save();
    return grant;
  }
}

interface TokenContext {
  readonly oidc: { readonly entities: { readonly AuthorizationCode?: { readonly authTime?: number } } };
}

interface GrantContext {
  readonly oidc: { readonly client: { readonly clientId: string }; readonly session: { readonly accountId?: string } };
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

/** Programs on a person's machine are asked for consent each time; here the type only frees the port. */
function policyWithoutConsent() {
  const policy = interactionPolicy.base();
  policy.get('consent').checks.remove('native_client_prompt');
  return policy;
}

/** Undefined for whom there is none, which ends the sign-in. */
function findAccount(accounts: AccountStore, subject: string) {
  const found = accounts.findBySubject(subject);
  if (!found || found.isDisabled) return undefined;
  return { accountId: subject, claims: () => ({ sub: subject, email: found.mail, email_verified: true }) };
}

function cookieNames(url: string) {
  const { port } = new URL(url);
  return { session: `issuer-${port}`, interaction: `issuer-${port}-step`, resume: `issuer-${port}-resume` };
}

export type IssuerHandler = (request: IncomingMessage, response: ServerResponse) => void;

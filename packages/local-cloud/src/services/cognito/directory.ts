import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider from 'oidc-provider';
import { readBody } from '../../http/read-body.ts';
import { cookieNames, grantWithoutConsent, policyWithoutConsent } from './first-party.ts';
import { issuerKeys } from './issuer-keys.ts';
import { directoryPage, writePage } from './pages.ts';
import { ProviderStorage } from './provider-storage.ts';

export interface DirectoryOptions {
  readonly name: string;
  /** Base URL without a slash at the end. */
  readonly url: string;
  /** The user pool, as the directory knows it. */
  readonly client: { readonly id: string; readonly secret: string; readonly callback: string };
}

const FORM_BYTES = 8192;
const SCOPE = 'openid email profile';

/**
 * The directory behind an identity provider of a user pool: an OpenID provider that lets everybody say who they are, because a
 * machine of one developer has no staff. It remembers nobody: each sign-in is asked for, with the groups of that moment.
 */
export async function makeDirectory({ name, url, client }: DirectoryOptions) {
  const people = new Map<string, object>();
  const keys = await issuerKeys(undefined);
  const provider: Provider = new Provider(url, {
    adapter: (await ProviderStorage.open(undefined)).adapterFor,
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        application_type: 'native',
        redirect_uris: [client.callback],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: keys.jwks,
    cookies: { keys: keys.cookieKeys, names: cookieNames(url) },
    pkce: { required: () => true },
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['groups'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: {
      policy: policyWithoutConsent(),
      url: (_context: unknown, { uid }: { readonly uid: string }) => `${new URL(url).pathname}/interaction/${uid}`,
    },
    findAccount: (_context: unknown, accountId: string) => ({
      accountId,
      claims: () => ({ sub: accountId, ...people.get(accountId) }),
    }),
    loadExistingGrant: grantWithoutConsent(() => provider, SCOPE),
    ttl: { Interaction: 900, Session: 900, Grant: 900, IdToken: 300, AccessToken: 300 },
  });
  const answer = provider.callback();
  const answerStep = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // Throws when the attempt is another browser's.
    await provider.interactionDetails(request, response);
    if (request.method !== 'POST') return writePage(response, 200, directoryPage(name));
    const body = await readBody(request, FORM_BYTES);
    const form = new URLSearchParams(Buffer.isBuffer(body) ? body.toString() : '');
    const { id, claims, methods } = readPerson(form);
    people.set(id, claims);
    const login = { accountId: id, amr: methods, remember: false };
    await provider.interactionFinished(request, response, { login });
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // The provider is mounted below a path, and asks for the whole one by this member (oidc-provider, "Mounting").
    const whole = request.url ?? '/';
    const inside = whole.slice(new URL(url).pathname.length) || '/';
    Object.assign(request, { originalUrl: whole, url: inside });
    await (inside.startsWith('/interaction/') ? answerStep : answer)(request, response);
  };
}

/** Without an id, whoever has an address is the same person each time. */
function readPerson(form: URLSearchParams) {
  const mail = (form.get('mail') ?? '').trim();
  const id =
    (form.get('id') ?? '').trim() || createHash('sha256').update(mail.toLowerCase()).digest('hex').slice(0, 24);
  const groups = (form.get('groups') ?? '').split(/\r?\n/);
  const claims = {
    email: mail,
    email_verified: form.get('is-verified') === 'on',
    groups: groups.filter((one) => one !== ''),
  };
  const methods = form.get('has-second-factor') === 'on' ? ['pwd', 'mfa'] : ['pwd'];
  return { id, claims, methods };
}

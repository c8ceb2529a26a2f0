import type Provider from 'oidc-provider';
import { interactionPolicy } from 'oidc-provider';

interface GrantContext {
  readonly oidc: { readonly client: { readonly clientId: string }; readonly session: { readonly accountId?: string } };
}

/** Programs on a person's machine are asked for consent each time; here the type only frees the port. */
export function policyWithoutConsent() {
  const policy = interactionPolicy.base();
  policy.get('consent').checks.remove('native_client_prompt');
  return policy;
}

/** All clients are the provider's own: nobody is asked for consent. @param resource that access tokens are for */
export const grantWithoutConsent =
  (provider: () => Provider, scope: string, resource?: string) =>
  async ({ oidc: { client, session } }: GrantContext) => {
    if (!session.accountId) return undefined;
    const grant = new (provider().Grant)({ accountId: session.accountId, clientId: client.clientId });
    grant.addOIDCScope(scope);
    if (resource !== undefined) grant.addResourceScope(resource, scope);
    await grant.save();
    return grant;
  };

/** Cookies know no ports and no paths of ours: two providers on one machine would take each other's. */
export function cookieNames(url: string) {
  const { port, pathname } = new URL(url);
  const name = `issuer-${port}${pathname.replace(/\W+/g, '-').replace(/-$/, '')}`;
  return { session: name, interaction: `${name}-step`, resume: `${name}-resume` };
}

import { ROUTES } from '../../contract/routes.ts';
import type { Credentials } from '../../core/accounts/credentials.ts';
import { checkBasicCredentials } from '../../core/accounts/credentials.ts';
import type { ManageSigningKeysDeps } from '../../core/settings/signing-keys/manage-signing-keys.ts';
import {
  createSigningKey,
  endSigningKey,
  listSigningKeys,
  stateOf,
} from '../../core/settings/signing-keys/manage-signing-keys.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

export interface SigningKeyRouteDeps extends ManageSigningKeysDeps {
  readonly credentials: () => Promise<Credentials>;
  /** Brings a change to the edge. Never rejects: what fails is made up for within a minute. */
  readonly publish: () => Promise<unknown>;
}

/** Keys that sign URLs beside the private key, so that a key can be changed while the old one still holds. */
export function signingKeyRoutes(deps: SigningKeyRouteDeps): Route[] {
  const authenticated =
    (handle: Route['handle']): Route['handle'] =>
    async (request, parameters) => {
      checkBasicCredentials(request.headers.get('authorization') ?? undefined, await deps.credentials());
      return handle(request, parameters);
    };
  return [
    {
      method: 'POST',
      path: ROUTES.signingKeys,
      handle: authenticated(async (request) => {
        const made = await createSigningKey(deps, await readJson(request));
        await deps.publish();
        return Response.json(
          { ...made, state: stateOf(made, deps.clock()) },
          { status: 201, headers: { 'cache-control': 'no-store' } },
        );
      }),
    },
    {
      method: 'GET',
      path: ROUTES.signingKeys,
      handle: authenticated(async () => Response.json(await listSigningKeys(deps))),
    },
    {
      method: 'DELETE',
      path: ROUTES.signingKey,
      handle: authenticated(async (_, { keyId = '' }) => {
        await endSigningKey(deps, keyId);
        await deps.publish();
        return new Response(null, { status: 204 });
      }),
    },
  ];
}

import { ROUTES } from '../../contract/routes.ts';
import type { Credentials } from '../../core/accounts/credentials.ts';
import { checkBasicCredentials } from '../../core/accounts/credentials.ts';
import { endpointAnswer } from '../../core/settings/endpoints/endpoint.ts';
import type { ManageEndpointsDeps } from '../../core/settings/endpoints/manage-endpoints.ts';
import {
  createEndpoint,
  getEndpoint,
  listEndpoints,
  removeEndpoint,
  updateEndpoint,
} from '../../core/settings/endpoints/manage-endpoints.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

export interface EndpointRouteDeps extends ManageEndpointsDeps {
  readonly credentials: () => Promise<Credentials>;
}

/** ImageKit, "URL endpoints". */
export function endpointRoutes(deps: EndpointRouteDeps): Route[] {
  const authenticated =
    (handle: Route['handle']): Route['handle'] =>
    async (request, parameters) => {
      checkBasicCredentials(request.headers.get('authorization') ?? undefined, await deps.credentials());
      return handle(request, parameters);
    };
  const { endpoints: many, endpoint: one } = ROUTES;
  return [
    {
      method: 'GET',
      path: many,
      handle: authenticated(async () => Response.json((await listEndpoints(deps)).map(endpointAnswer))),
    },
    {
      method: 'POST',
      path: many,
      handle: authenticated(async (request) =>
        Response.json(endpointAnswer(await createEndpoint(deps, await readJson(request))), { status: 201 }),
      ),
    },
    {
      method: 'GET',
      path: one,
      handle: authenticated(async (_, { id = '' }) => Response.json(endpointAnswer(await getEndpoint(deps, id)))),
    },
    {
      method: 'PUT',
      path: one,
      handle: authenticated(async (request, { id = '' }) =>
        Response.json(endpointAnswer(await updateEndpoint(deps, id, await readJson(request)))),
      ),
    },
    {
      method: 'DELETE',
      path: one,
      handle: authenticated(async (_, { id = '' }) => {
        await removeEndpoint(deps, id);
        return new Response(null, { status: 204 });
      }),
    },
  ];
}

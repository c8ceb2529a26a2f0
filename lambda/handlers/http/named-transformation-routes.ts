import { ROUTES } from '../../contract/routes.ts';
import type { Credentials } from '../../core/accounts/credentials.ts';
import { checkBasicCredentials } from '../../core/accounts/credentials.ts';
import type { ManageNamedTransformationsDeps } from '../../core/settings/named-transformations/manage-named-transformations.ts';
import {
  createNamed,
  getNamed,
  listNamed,
  removeNamed,
  updateNamed,
} from '../../core/settings/named-transformations/manage-named-transformations.ts';
import type { NamedTransformation } from '../../core/settings/named-transformations/named-transformation.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

export interface NamedTransformationRouteDeps extends ManageNamedTransformationsDeps {
  readonly credentials: () => Promise<Credentials>;
}

/** ImageKit, "Named transformations". */
export function namedTransformationRoutes(deps: NamedTransformationRouteDeps): Route[] {
  const authenticated =
    (handle: Route['handle']): Route['handle'] =>
    async (request, parameters) => {
      checkBasicCredentials(request.headers.get('authorization') ?? undefined, await deps.credentials());
      return handle(request, parameters);
    };
  const { namedTransformations: many, namedTransformation: one } = ROUTES;
  return [
    {
      method: 'GET',
      path: many,
      handle: authenticated(async () => Response.json((await listNamed(deps)).map(answer))),
    },
    {
      method: 'POST',
      path: many,
      handle: authenticated(async (request) =>
        Response.json(answer(await createNamed(deps, await readJson(request))), { status: 201 }),
      ),
    },
    {
      method: 'GET',
      path: one,
      handle: authenticated(async (_, { id = '' }) => Response.json(answer(await getNamed(deps, id)))),
    },
    {
      method: 'PATCH',
      path: one,
      handle: authenticated(async (request, { id = '' }) =>
        Response.json(answer(await updateNamed(deps, id, await readJson(request)))),
      ),
    },
    {
      method: 'DELETE',
      path: one,
      handle: authenticated(async (_, { id = '' }) => {
        await removeNamed(deps, id);
        return new Response(null, { status: 204 });
      }),
    },
  ];
}

const answer = ({ revision: _, ...shown }: NamedTransformation) => shown;

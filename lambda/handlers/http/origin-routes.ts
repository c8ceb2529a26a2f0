import { ROUTES } from '../../contract/routes.ts';
import type { Credentials } from '../../core/accounts/credentials.ts';
import { checkBasicCredentials } from '../../core/accounts/credentials.ts';
import type { ManageOriginsDeps } from '../../core/settings/origins/manage-origins.ts';
import {
  createOrigin,
  getOrigin,
  listOrigins,
  removeOrigin,
  updateOrigin,
} from '../../core/settings/origins/manage-origins.ts';
import { originAnswer } from '../../core/settings/origins/origin.ts';
import { readJson } from './read-json.ts';
import type { PathParameters, Route } from './route.ts';

export interface OriginRouteDeps extends ManageOriginsDeps {
  readonly credentials: () => Promise<Credentials>;
}

/** Origins (ImageKit, "Origins"). What was given as a credential is in no answer. */
export function originRoutes(deps: OriginRouteDeps): Route[] {
  const authenticated =
    (handle: Route['handle']): Route['handle'] =>
    async (request, parameters) => {
      checkBasicCredentials(request.headers.get('authorization') ?? undefined, await deps.credentials());
      return handle(request, parameters);
    };
  const { origins: many, origin: one } = ROUTES;
  return [
    {
      method: 'GET',
      path: many,
      handle: authenticated(async () => Response.json((await listOrigins(deps)).map(originAnswer))),
    },
    {
      method: 'POST',
      path: many,
      handle: authenticated(async (request) =>
        Response.json(originAnswer(await createOrigin(deps, await readJson(request))), { status: 201 }),
      ),
    },
    {
      method: 'GET',
      path: one,
      handle: authenticated(async (_, parameters) =>
        Response.json(originAnswer(await getOrigin(deps, idOf(parameters)))),
      ),
    },
    {
      method: 'PUT',
      path: one,
      handle: authenticated(async (request, parameters) =>
        Response.json(originAnswer(await updateOrigin(deps, idOf(parameters), await readJson(request)))),
      ),
    },
    {
      method: 'DELETE',
      path: one,
      handle: authenticated(async (_, parameters) => {
        await removeOrigin(deps, idOf(parameters));
        return new Response(null, { status: 204 });
      }),
    },
  ];
}

const idOf = ({ id = '' }: PathParameters): string => id;

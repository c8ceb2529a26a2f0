import { ROUTES } from '../../contract/routes.ts';
import type { Credentials } from '../../core/accounts/credentials.ts';
import { checkBasicCredentials } from '../../core/accounts/credentials.ts';
import type { PurgeDeps } from '../../core/purge/purge-assets.ts';
import { purgeAssets, purgeStatus } from '../../core/purge/purge-assets.ts';
import { readPurgeTarget } from '../../core/purge/purge-target.ts';
import type { LocateUrl } from '../../core/settings/endpoints/locate-url.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

export interface PurgeRouteDeps extends PurgeDeps {
  readonly credentials: () => Promise<Credentials>;
  readonly locate: LocateUrl;
}

/** ImageKit, "Purge cache" and "Get purge status". */
export function purgeRoutes(deps: PurgeRouteDeps): Route[] {
  const check = async (request: Request) =>
    checkBasicCredentials(request.headers.get('authorization') ?? undefined, await deps.credentials());
  return [
    {
      method: 'POST',
      path: ROUTES.purge,
      handle: async (request) => {
        await check(request);
        const requestId = await purgeAssets(deps, await readPurgeTarget(await readJson(request), deps.locate));
        return Response.json({ requestId }, { status: 201 });
      },
    },
    {
      method: 'GET',
      path: ROUTES.purgeStatus,
      handle: async (request, { requestId = '' }) => {
        await check(request);
        return Response.json({ status: await purgeStatus(deps, requestId) });
      },
    },
  ];
}

import { DEFAULT_ENDPOINT } from '../../../contract/edge.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { Endpoint } from './endpoint.ts';
import { requireEndpointRight } from './endpoint-rights.ts';
import type { ManageEndpointsDeps } from './manage-endpoints.ts';
import { changeEndpoints, requireEndpoint } from './manage-endpoints.ts';

export interface MigrateEndpointDeps extends ManageEndpointsDeps {
  /** Whose API is asked. */
  readonly ownRegion: string;
}

/**
 * Makes an endpoint one of the region that is asked. Files are copied before, by whoever asks: from now on its URLs find those of this
 * region. What was delivered from the other one is purged, so that later changes here are seen. Asked again, the same is so again.
 * @param region it is to go to, which is this one: the caller says so, and cannot have asked the wrong API
 * @throws Problem endpoint.not-found, endpoint.invalid, permission.missing, busy
 */
export async function migrateEndpoint(
  deps: MigrateEndpointDeps,
  caller: Caller,
  id: string,
  region: string,
): Promise<Endpoint> {
  requireEndpointRight(caller, 'endpoints.write', id);
  if (region !== deps.ownRegion) {
    throw problem(
      'endpoint.invalid',
      `This is the API of ${deps.ownRegion}; ask that of the region that the endpoint goes to.`,
    );
  }
  if (id === DEFAULT_ENDPOINT && region !== deps.regions.home) {
    throw problem('endpoint.invalid', `The default endpoint stays in the home region, ${deps.regions.home}.`);
  }
  return deps.purgeAround([{ kind: 'endpoint', id }], async () => {
    const migrated = await changeEndpoints(deps, async (all, version) => {
      const before = requireEndpoint(all, id);
      const { region: _, ...others } = before;
      const endpoint: Endpoint = region === deps.regions.home ? others : { ...others, region };
      const difference = { before: { ...before }, after: { ...endpoint, region } };
      const event = deps.makeEvent(caller, 'endpoint.migrated', { kind: 'endpoint', id }, difference);
      return (await deps.endpoints.commit({ put: endpoint }, version, event)) && endpoint;
    });
    await deps.publish();
    return migrated;
  });
}

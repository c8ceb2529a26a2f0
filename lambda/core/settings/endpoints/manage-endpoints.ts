import { DEFAULT_ENDPOINT } from '../../../contract/edge.ts';
import { LIMITS } from '../../../contract/limits.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import type { OriginStore } from '../origins/origin-store.ts';
import type { PurgeAround } from '../outdated.ts';
import type { Endpoint, EndpointChoices } from './endpoint.ts';
import { withDefault } from './endpoint.ts';
import type { DistributionHosts, EndpointInput } from './endpoint-choices.ts';
import { refuseUnknownHosts, toEndpointChoices } from './endpoint-choices.ts';
import type { DeploymentRegions } from './endpoint-region.ts';
import { refuseOtherRegion, regionOfNew } from './endpoint-region.ts';
import { endpointMissing, isEndpointSeen, requireEndpointRight, requireOriginRights } from './endpoint-rights.ts';
import type { EndpointStore } from './endpoint-store.ts';

export interface ManageEndpointsDeps {
  readonly endpoints: EndpointStore;
  readonly origins: Pick<OriginStore, 'list'>;
  readonly distributionHosts: DistributionHosts;
  readonly regions: DeploymentRegions;
  /** Lower-case letters and digits. */
  readonly endpointId: () => string;
  readonly clock: Clock;
  /** Brings a change to the edge. Never rejects: what fails is made up for within a minute. */
  readonly publish: () => Promise<unknown>;
  readonly purgeAround: PurgeAround;
  readonly makeEvent: MakeEvent;
}

/** Tries of a change that others keep overtaking. */
const ROUNDS = 10;

/** The default endpoint first. */
export async function listEndpoints({ endpoints }: Pick<ManageEndpointsDeps, 'endpoints'>) {
  return withDefault((await endpoints.read()).endpoints);
}

/** Those that the caller may see. */
export async function listSeenEndpoints(deps: Pick<ManageEndpointsDeps, 'endpoints'>, caller: Caller) {
  return (await listEndpoints(deps)).filter((endpoint) => isEndpointSeen(caller, endpoint));
}

/** @throws Problem endpoint.not-found */
export async function getEndpoint(
  deps: Pick<ManageEndpointsDeps, 'endpoints'>,
  caller: Caller,
  id: string,
): Promise<Endpoint> {
  requireEndpointRight(caller, 'endpoints.read', id);
  return requireEndpoint(await listEndpoints(deps), id);
}

/** @throws Problem endpoint.invalid, endpoint.taken, endpoint.limit */
export async function createEndpoint(
  deps: ManageEndpointsDeps,
  caller: Caller,
  input: EndpointInput,
): Promise<Endpoint> {
  const id = deps.endpointId();
  const choices = toEndpointChoices(input, id);
  await refuseUnknownOrigins(deps, choices);
  await refuseUnknownHosts(deps.distributionHosts, choices.hosts);
  const region = await regionOfNew(deps.regions, input.region);
  const endpoint: Endpoint = { id, ...choices, ...region, createdAt: new Date(deps.clock()).toISOString() };
  await changeEndpoints(deps, (all, version) => {
    if (all.length >= LIMITS.endpoints) {
      throw problem('endpoint.limit', `A deployment may have at most ${LIMITS.endpoints} URL endpoints.`);
    }
    refuseTaken(all, endpoint);
    const event = deps.makeEvent(caller, 'endpoint.created', objectOf(id), { after: { ...endpoint } });
    return deps.endpoints.commit({ put: endpoint }, version, event);
  });
  await deps.publish();
  return endpoint;
}

/**
 * Replaces all of an endpoint's choices; its region stays. What was delivered by the old ones is purged.
 * @throws Problem endpoint.not-found, endpoint.invalid, endpoint.taken, permission.missing
 */
export async function updateEndpoint(
  deps: ManageEndpointsDeps,
  caller: Caller,
  id: string,
  input: EndpointInput,
): Promise<Endpoint> {
  requireEndpointRight(caller, 'endpoints.write', id);
  const choices = toEndpointChoices(input, id);
  await refuseUnknownOrigins(deps, choices);
  await refuseUnknownHosts(deps.distributionHosts, choices.hosts);
  return deps.purgeAround([{ kind: 'endpoint', id }], async () => {
    const updated = await changeEndpoints(deps, async (all, version) => {
      const before = requireEndpoint(all, id);
      refuseOtherRegion(before, input.region, deps.regions.home);
      const endpoint: Endpoint = { ...before, ...choices };
      requireOriginRights(caller, before, endpoint);
      refuseTaken(all, endpoint);
      const difference = { before: { ...before }, after: { ...endpoint } };
      const event = deps.makeEvent(caller, 'endpoint.updated', objectOf(id), difference);
      return (await deps.endpoints.commit({ put: endpoint }, version, event)) && endpoint;
    });
    await deps.publish();
    return updated;
  });
}

/** @throws Problem endpoint.not-found, permission.missing, endpoint.invalid for the default endpoint */
export async function removeEndpoint(deps: ManageEndpointsDeps, caller: Caller, id: string): Promise<void> {
  requireEndpointRight(caller, 'endpoints.write', id);
  if (id === DEFAULT_ENDPOINT) throw problem('endpoint.invalid', 'The default endpoint cannot be deleted.');
  await deps.purgeAround([{ kind: 'endpoint', id }], async () => {
    await changeEndpoints(deps, (all, version) => {
      const event = deps.makeEvent(caller, 'endpoint.deleted', objectOf(id), {
        before: { ...requireEndpoint(all, id) },
      });
      return deps.endpoints.commit({ remove: id }, version, event);
    });
    await deps.publish();
  });
}

const objectOf = (id: string) => ({ kind: 'endpoint', id });

/** Tries until nobody came in between. @throws Problem busy */
export async function changeEndpoints<T>(
  { endpoints }: ManageEndpointsDeps,
  attempt: (all: readonly Endpoint[], version: number) => Promise<T | false>,
): Promise<T> {
  for (let round = 0; round < ROUNDS; round++) {
    const state = await endpoints.read();
    const done = await attempt(withDefault(state.endpoints), state.version);
    if (done !== false) return done;
  }
  throw problem('busy', 'The URL endpoints are being changed by too many calls at once; try again.');
}

/** @throws Problem endpoint.not-found */
export function requireEndpoint(all: readonly Endpoint[], id: string): Endpoint {
  const found = all.find((one) => one.id === id);
  if (!found) throw endpointMissing();
  return found;
}

function refuseTaken(all: readonly Endpoint[], { id, urlPrefix, hosts }: Endpoint): void {
  const others = all.filter((one) => one.id !== id);
  if (others.some((one) => one.urlPrefix === urlPrefix)) {
    throw problem('endpoint.taken', `Another URL endpoint has the urlPrefix "${urlPrefix}".`);
  }
  const taken = hosts.find((host) => others.some((one) => one.hosts.includes(host)));
  if (taken !== undefined) throw problem('endpoint.taken', `Another URL endpoint has the host ${taken}.`);
}

async function refuseUnknownOrigins({ origins }: ManageEndpointsDeps, choices: EndpointChoices): Promise<void> {
  if (choices.origins.length === 0) return;
  const known = new Set((await origins.list()).map(({ origin }) => origin.id));
  const unknown = choices.origins.find((id) => !known.has(id));
  if (unknown !== undefined)
    throw problem('endpoint.invalid', `There is no origin with the id "${unknown.slice(0, 60)}".`);
}

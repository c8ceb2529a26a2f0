import { LIMITS } from '../../../contract/limits.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { PurgeAround } from '../outdated.ts';
import type { CredentialSealer } from './credential-sealing.ts';
import type { Origin, StoredOrigin } from './origin.ts';
import type { OriginInput, OriginRequest } from './origin-request.ts';
import { toOriginRequest } from './origin-request.ts';
import type { OriginStore, OriginUse } from './origin-store.ts';

export interface ManageOriginsDeps {
  readonly origins: OriginStore;
  readonly sealer: CredentialSealer;
  readonly originUse: OriginUse;
  /** 24 hexadecimal characters. */
  readonly newId: () => string;
  readonly clock: () => number;
  readonly purgeAround: PurgeAround;
  readonly makeEvent: MakeEvent;
}

export async function listOrigins({ origins }: ManageOriginsDeps): Promise<readonly Origin[]> {
  return (await origins.list()).map(({ origin }) => origin);
}

/** @throws origin.not-found */
export async function getOrigin(deps: ManageOriginsDeps, id: string): Promise<Origin> {
  return (await findStored(deps, id)).origin;
}

/** Credentials are encrypted before anything is stored. @throws origin.invalid, origin.limit */
export async function createOrigin(deps: ManageOriginsDeps, caller: Caller, input: OriginInput): Promise<Origin> {
  const request = toOriginRequest(input, deps.newId());
  if ((await deps.origins.list()).length >= LIMITS.origins) {
    throw problem('origin.limit', `An account may have at most ${LIMITS.origins} origins.`);
  }
  const at = new Date(deps.clock()).toISOString();
  const create = { ...(await seal(deps, request)), revision: 1, createdAt: at, updatedAt: at };
  const event = deps.makeEvent(caller, 'origin.created', objectOf(request.origin.id), { after: { ...request.origin } });
  await deps.origins.commit({ create }, event);
  return request.origin;
}

/**
 * Replaces all of an origin, its type and credentials too. What endpoints deliver that read from it is purged.
 * @throws origin.not-found, origin.invalid, origin.moved
 */
export async function updateOrigin(
  deps: ManageOriginsDeps,
  caller: Caller,
  id: string,
  input: OriginInput,
): Promise<Origin> {
  const { origin: before, revision, createdAt } = await findStored(deps, id);
  const request = toOriginRequest(input, id);
  const updatedAt = new Date(deps.clock()).toISOString();
  const stored = { ...(await seal(deps, request)), revision: revision + 1, createdAt, updatedAt };
  const users = await deps.originUse.endpointsUsing(id);
  const outdated = users.map((endpoint) => ({ kind: 'endpoint', id: endpoint }) as const);
  return deps.purgeAround(outdated, async () => {
    const difference = { before: { ...before }, after: { ...request.origin } };
    const event = deps.makeEvent(caller, 'origin.updated', objectOf(id), difference);
    if (await deps.origins.commit({ replace: stored, expected: revision }, event)) return request.origin;
    throw moved();
  });
}

/** @throws origin.not-found, origin.in-use naming the endpoints */
export async function removeOrigin(deps: ManageOriginsDeps, caller: Caller, id: string): Promise<void> {
  const { origin, revision } = await findStored(deps, id);
  const users = await deps.originUse.endpointsUsing(id);
  if (users.length > 0) {
    throw problem('origin.in-use', `The origin is in use by the URL endpoints ${users.join(', ')}.`);
  }
  const event = deps.makeEvent(caller, 'origin.deleted', objectOf(id), { before: { ...origin } });
  if (!(await deps.origins.commit({ remove: id, expected: revision }, event))) throw moved();
}

const moved = () => problem('origin.moved', 'Another call changed the origin at the same time; read it and try again.');

const objectOf = (id: string) => ({ kind: 'origin', id });

async function findStored({ origins }: ManageOriginsDeps, id: string): Promise<StoredOrigin> {
  const stored = /^[0-9a-f]{24}$/.test(id) ? await origins.find(id) : undefined;
  if (!stored) throw problem('origin.not-found', 'There is no origin with this id.');
  return stored;
}

async function seal(
  { sealer }: ManageOriginsDeps,
  { origin, credentials }: OriginRequest,
): Promise<Pick<StoredOrigin, 'origin' | 'sealed'>> {
  if (Object.keys(credentials).length === 0) return { origin };
  return { origin, sealed: await sealer.seal(origin.id, credentials) };
}

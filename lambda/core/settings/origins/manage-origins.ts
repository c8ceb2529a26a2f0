import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import type { PurgeAround } from '../outdated.ts';
import type { CredentialSealer } from './credential-sealing.ts';
import type { Origin, StoredOrigin } from './origin.ts';
import type { OriginStore, OriginUse } from './origin-store.ts';
import type { OriginRequest } from './read-origin.ts';
import { readOrigin } from './read-origin.ts';

export interface ManageOriginsDeps {
  readonly origins: OriginStore;
  readonly sealer: CredentialSealer;
  readonly originUse: OriginUse;
  /** 24 hexadecimal characters. */
  readonly newId: () => string;
  readonly clock: () => number;
  readonly purgeAround: PurgeAround;
}

export async function listOrigins({ origins }: ManageOriginsDeps): Promise<readonly Origin[]> {
  return (await origins.list()).map(({ origin }) => origin);
}

/** @throws origin.not-found */
export async function getOrigin(deps: ManageOriginsDeps, id: string): Promise<Origin> {
  return (await findStored(deps, id)).origin;
}

/** Credentials are encrypted before anything is stored. @throws origin.invalid, origin.limit */
export async function createOrigin(deps: ManageOriginsDeps, body: unknown): Promise<Origin> {
  const request = readOrigin(body, deps.newId());
  if ((await deps.origins.list()).length >= LIMITS.origins) {
    throw problem('origin.limit', `An account may have ${LIMITS.origins} origins.`);
  }
  const at = new Date(deps.clock()).toISOString();
  await deps.origins.create({ ...(await seal(deps, request)), revision: 1, createdAt: at, updatedAt: at });
  return request.origin;
}

/**
 * Replaces all of an origin, its type and credentials too. What endpoints deliver that read from it is purged.
 * @throws origin.not-found, origin.invalid, origin.moved
 */
export async function updateOrigin(deps: ManageOriginsDeps, id: string, body: unknown): Promise<Origin> {
  const { revision, createdAt } = await findStored(deps, id);
  const request = readOrigin(body, id);
  const updatedAt = new Date(deps.clock()).toISOString();
  const stored = { ...(await seal(deps, request)), revision: revision + 1, createdAt, updatedAt };
  const users = await deps.originUse.endpointsUsing(id);
  const outdated = users.map((endpoint) => ({ kind: 'endpoint', id: endpoint }) as const);
  return deps.purgeAround(outdated, async () => {
    if (await deps.origins.replace(stored, revision)) return request.origin;
    throw problem('origin.moved', 'Another call changed the origin at the same time; read it and try again.');
  });
}

/** @throws origin.not-found, origin.in-use naming the endpoints */
export async function removeOrigin(deps: ManageOriginsDeps, id: string): Promise<void> {
  await findStored(deps, id);
  const users = await deps.originUse.endpointsUsing(id);
  if (users.length > 0) {
    throw problem('origin.in-use', `The origin is in use by the URL endpoints ${users.join(', ')}.`);
  }
  await deps.origins.remove(id);
}

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

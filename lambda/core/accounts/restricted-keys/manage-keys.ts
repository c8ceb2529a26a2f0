import { LIMITS } from '../../../contract/limits.ts';
import type { AuditEvent } from '../../audit/event.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock, Pause } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import type { Permission } from '../permissions.ts';
import { covers } from '../policy.ts';
import type { Rights } from '../rights.ts';
import { grantOf } from '../rights.ts';
import { areWithin } from './key-addresses.ts';
import type { KeyChange, KeyStore } from './key-store.ts';
import { keyText, shownStart } from './key-text.ts';
import type { RestrictedKey, StoredKey } from './restricted-key.ts';
import { endOf, hasRestrictedKeyEnded } from './restricted-key.ts';

export interface ManageKeysDeps {
  readonly keys: KeyStore;
  readonly clock: Clock;
  /** A new id; lower-case hexadecimal. */
  readonly hexId: () => string;
  /** 32 bytes that nobody can guess. */
  readonly secretBytes: () => Uint8Array;
  readonly makeEvent: MakeEvent;
  readonly pause: Pause;
  /** 0 <= value < 1. */
  readonly random: () => number;
}

export interface NewKey {
  readonly name: string;
  readonly rights: Rights;
  /** ISO 8601 with milliseconds and Z. */
  readonly endsAt?: string | undefined;
  /** Blocks of addresses. */
  readonly addresses?: readonly string[] | undefined;
}

/** A key with its text, which is given back once and kept nowhere. */
export type MadeKey = RestrictedKey & { readonly key: string };

/** Tries of a change that others keep overtaking: each lets one of them through, and there are as many as keys. */
const ROUNDS = 100;

/** Milliseconds of the longest pause between two of them. */
const LONGEST_PAUSE = 1000;

/** A transaction has at most 100 items, and a key has two. */
const REMOVED_AT_ONCE = 40;

/**
 * Makes a key. Nobody gives more rights than they have, nor for longer, nor for use from elsewhere.
 * @throws Problem restricted-key.invalid, restricted-key.limit, permission.missing or busy
 */
export async function createKey(deps: ManageKeysDeps, caller: Caller, input: NewKey): Promise<MadeKey> {
  requireOwnRights(caller, input.rights);
  requireOwnBounds(caller, input);
  const now = deps.clock();
  if (input.endsAt !== undefined && Date.parse(input.endsAt) <= now) {
    throw problem('restricted-key.invalid', 'endsAt must be in the future.');
  }
  const { stored, key } = newKey(deps, {
    name: input.name,
    rights: input.rights,
    ...(input.endsAt !== undefined && { endsAt: input.endsAt }),
    ...(input.addresses && { addresses: input.addresses }),
  });
  const event = deps.makeEvent(caller, 'key.created', objectOf(stored.key.id), { after: shown(stored.key) });
  await change(deps, event, () => ({ put: [stored], remove: [] }));
  return { ...stored.key, key };
}

/**
 * Makes a key that takes the rights of another one, which ends after some seconds: time to bring the new key to where the old
 * one is used.
 * @param graceSeconds 0 ends the old key at once
 * @throws Problem restricted-key.not-found, restricted-key.limit, permission.missing or busy
 */
export async function rollKey(
  deps: ManageKeysDeps,
  caller: Caller,
  id: string,
  graceSeconds: number,
): Promise<MadeKey> {
  const { keys } = await deps.keys.read();
  const old = lastingKey(keys, id, deps.clock());
  const { name, rights, addresses } = old.key;
  const endsAt = endOf(keys, old.key);
  requireOwnRights(caller, rights);
  requireOwnBounds(caller, { addresses, endsAt });
  const { stored, key } = newKey(deps, {
    ...{ name, rights },
    ...(endsAt !== undefined && { endsAt }),
    ...(addresses && { addresses }),
  });
  const graceEnd = new Date(deps.clock() + graceSeconds * 1000).toISOString();
  const ended = old.key.endsAt !== undefined && old.key.endsAt < graceEnd ? old.key.endsAt : graceEnd;
  const event = deps.makeEvent(caller, 'key.rolled', objectOf(id), {
    before: shown(old.key),
    after: { ...shown(stored.key), oldEndsAt: ended },
  });
  await change(deps, event, (keys, now) => {
    const present = lastingKey(keys, id, now);
    return {
      put: [stored, { ...present, key: { ...present.key, endsAt: ended, replacedBy: stored.key.id } }],
      remove: [],
    };
  });
  return { ...stored.key, key };
}

/** Ends a key for good: the next call with it is refused. @throws Problem restricted-key.not-found or busy */
export async function revokeKey(deps: ManageKeysDeps, caller: Caller, id: string): Promise<void> {
  const { key } = await findKey(deps, id);
  const event = deps.makeEvent(caller, 'key.revoked', objectOf(id), { before: shown(key) });
  await change(deps, event, (keys, now) => ({ put: [], remove: [lastingKey(keys, id, now)] }));
}

/** The keys that have not ended, oldest first. */
export async function listKeys({ keys, clock }: ManageKeysDeps): Promise<readonly RestrictedKey[]> {
  const lasting = (await keys.read()).keys.filter(({ key }) => !hasRestrictedKeyEnded(key, clock()));
  return lasting.map(({ key }) => key).toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

/** @throws Problem restricted-key.not-found */
export async function findKey({ keys, clock }: ManageKeysDeps, id: string): Promise<StoredKey> {
  return lastingKey((await keys.read()).keys, id, clock());
}

/** A key that has ended is nobody's: it may go with any change, and none brings it back. */
function lastingKey(keys: readonly StoredKey[], id: string, now: number): StoredKey {
  const found = keys.find(({ key }) => key.id === id && !hasRestrictedKeyEnded(key, now));
  if (!found) throw problem('restricted-key.not-found', 'No restricted key has this id.');
  return found;
}

function newKey(deps: ManageKeysDeps, given: Pick<RestrictedKey, 'name' | 'rights' | 'endsAt' | 'addresses'>) {
  const key = keyText(deps.secretBytes());
  const createdAt = new Date(deps.clock()).toISOString();
  const stored: StoredKey = {
    key: { id: deps.hexId(), start: shownStart(key), createdAt, ...given },
    digest: sha256Hex(key),
  };
  return { stored, key };
}

/** Commits a change of what is there then; keys that have ended go with it. */
async function change(
  { keys, clock, pause, random }: ManageKeysDeps,
  event: AuditEvent,
  decide: (keys: readonly StoredKey[], now: number) => KeyChange,
): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const { version, keys: present } = await keys.read();
    const now = clock();
    const { put, remove } = decide(present, now);
    const gone = present.filter((one) => remove.includes(one) || hasRestrictedKeyEnded(one.key, now));
    requireRoom(idsOf(present, put).size - gone.length);
    if (await keys.commit({ put, remove: gone.slice(0, REMOVED_AT_ONCE) }, version, event)) return;
    await pause(random() * Math.min(20 * 2 ** round, LONGEST_PAUSE));
  }
  throw problem('busy', 'The keys are changed by others all the time. Try again.');
}

const idsOf = (...lists: readonly (readonly StoredKey[])[]) => new Set(lists.flat().map(({ key }) => key.id));

function requireRoom(count: number): void {
  if (count <= LIMITS.restrictedKeys) return;
  throw problem('restricted-key.limit', `There may be at most ${LIMITS.restrictedKeys} restricted keys.`);
}

/** A bound of a grant is compared by folder, not by what lies below it: who is bound to a folder gives that folder. */
function requireOwnRights(caller: Caller, rights: Rights): void {
  const { permissions, ...bounds } = grantOf(rights);
  const lacking = permissions.find((one) => !covers(caller, one as Permission, bounds));
  if (lacking === undefined) return;
  throw problem('permission.missing', `Nobody gives rights that they lack: ${lacking}.`);
}

/** A key that ends, or is bound to addresses, makes none that outlives it, or that is used from elsewhere. */
function requireOwnBounds(caller: Caller, { endsAt, addresses }: Pick<NewKey, 'endsAt' | 'addresses'>): void {
  if (caller.endsAt !== undefined && (endsAt === undefined || Date.parse(endsAt) > Date.parse(caller.endsAt))) {
    throw problem(
      'permission.missing',
      `A key that ends makes none that lasts longer: endsAt may be at most ${caller.endsAt}.`,
    );
  }
  if (caller.addresses && !(addresses && areWithin(addresses, caller.addresses))) {
    throw problem(
      'permission.missing',
      `A key that is bound to addresses makes none for others: addresses must lie in ${caller.addresses.join(', ')}.`,
    );
  }
}

const objectOf = (id: string) => ({ kind: 'key', id });

const shown = (key: RestrictedKey): Readonly<Record<string, unknown>> => ({ ...key });

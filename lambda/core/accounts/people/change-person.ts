import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import { requireKnown, requireToCover } from './held-roles.ts';
import type { ManagePeopleDeps } from './invite-person.ts';
import { requireCommitted } from './invite-person.ts';
import { maskedDifference } from './masked-difference.ts';
import type { NotificationUpdate } from './notification-choices.ts';
import { mutedAfter } from './notification-choices.ts';
import type { HeldRole, Person } from './person.ts';
import { OWNER_ROLE } from './person.ts';
import type { PersonalData } from './personal-data.ts';
import { seal, unseal } from './personal-data.ts';

export interface PersonUpdate {
  readonly roles?: readonly HeldRole[] | undefined;
  /** Nobody makes an invited person active but they themselves. */
  readonly status?: 'active' | 'disabled' | undefined;
}

/** @throws Problem person.missing */
export async function findPerson({ people }: Pick<ManagePeopleDeps, 'people'>, id: string): Promise<Person> {
  const found = await people.find(id);
  if (!found) throw problem('person.missing', 'No person has this id.');
  return found;
}

/** The mail address and name of a person. */
export async function readProfile(
  { dataKeys }: Pick<ManagePeopleDeps, 'dataKeys'>,
  person: Pick<Person, 'id' | 'sealed'>,
): Promise<PersonalData> {
  return unseal(await dataKeys.open(person.id), person.id, 'profile', person.sealed) as PersonalData;
}

/**
 * Gives a person other roles, disables or enables them. Their next call has the new rights; who is disabled is signed out.
 * @throws Problem person.missing, person.invalid, person.last-owner, permission.missing or busy
 */
export async function updatePerson(
  deps: ManagePeopleDeps,
  caller: Caller,
  id: string,
  { roles, status }: PersonUpdate,
): Promise<Person> {
  const before = await findPerson(deps, id);
  await requireToCover(deps, caller, before.roles);
  if (roles) {
    await requireKnown(deps, roles);
    await requireToCover(deps, caller, roles);
  }
  if (status !== undefined && before.status === 'invited') {
    throw problem('person.invalid', 'status of somebody who is invited changes when they accept; remove them instead.');
  }
  const after: Person = {
    ...before,
    ...(roles && { roles: [...roles, ...before.roles.filter(isOfDirectory)] }),
    ...(status && { status }),
    ...(status === 'disabled' && { validFrom: new Date(deps.clock()).toISOString() }),
    version: before.version + 1,
  };
  await commit(deps, caller, before, after, 'person.updated');
  return after;
}

/** Somebody becomes an owner; the person who says so stops being one. @throws as updatePerson does */
export async function transferOwnership(deps: ManagePeopleDeps, caller: Caller, id: string): Promise<Person> {
  const before = await findPerson(deps, id);
  const owner: HeldRole = { role: OWNER_ROLE };
  await requireToCover(deps, caller, [owner]);
  if (before.status === 'disabled') throw problem('person.invalid', 'This person is disabled.');
  const roles = [owner, ...before.roles.filter(isOfDirectory)];
  const after: Person = { ...before, roles, version: before.version + 1 };
  await commit(deps, caller, before, after, 'ownership.transferred');
  if (caller.kind === 'person' && caller.id !== id) await giveUp(deps, caller);
  return after;
}

/** Of what an owner has, being an administrator stays. */
async function giveUp(deps: ManagePeopleDeps, caller: Caller): Promise<void> {
  const before = await findPerson(deps, caller.id);
  const kept = before.roles.filter(({ role }) => role !== OWNER_ROLE);
  const after: Person = { ...before, roles: [...kept, { role: 'admin' }], version: before.version + 1 };
  await commit(deps, caller, before, after, 'person.updated');
}

/**
 * Removes a person for good: with their key goes everything that it encrypts, in backups too. What they did stays, under
 * an id that is nobody's.
 * @throws Problem person.missing, person.last-owner, permission.missing or busy
 */
export async function removePerson(deps: ManagePeopleDeps, caller: Caller, id: string): Promise<void> {
  const before = await findPerson(deps, id);
  await requireToCover(deps, caller, before.roles);
  const { mail } = await readProfile(deps, before);
  const event = deps.makeEvent(caller, 'person.removed', { kind: 'person', id }, { before: shown(before) });
  requireCommitted(await deps.people.commit({ before }, event));
  await deps.accounts.remove(mail);
}

export interface ProfileUpdate {
  readonly name?: string | undefined;
  readonly locale?: string | undefined;
  /** What they are mailed about; what is missing stays. */
  readonly notifications?: NotificationUpdate | undefined;
}

/** Changes what a person is called and mailed about. Their address changes by codes: `mail-change.ts`. */
export async function updateProfile(
  deps: ManagePeopleDeps,
  caller: Caller,
  id: string,
  { notifications, ...update }: ProfileUpdate,
): Promise<Person> {
  const before = await findPerson(deps, id);
  if (caller.id !== id) await requireToCover(deps, caller, before.roles);
  const key = await deps.dataKeys.open(id);
  const profile = unseal(key, id, 'profile', before.sealed) as PersonalData;
  const given = Object.fromEntries(Object.entries(update).filter(([, value]) => value !== undefined));
  const muted = notifications && { muted: mutedAfter(profile.muted, notifications) };
  const sealed = seal(key, id, 'profile', { ...profile, ...given, ...muted }, deps.randomBytes(12));
  const after: Person = { ...before, sealed, version: before.version + 1 };
  const changed = maskedDifference([...Object.keys(given), ...(notifications ? ['notifications'] : [])]);
  const event = deps.makeEvent(caller, 'person.profile-updated', { kind: 'person', id }, changed);
  requireCommitted(await deps.people.commit({ before, after }, event));
  return after;
}

async function commit(
  deps: ManagePeopleDeps,
  caller: Caller,
  before: Person,
  after: Person,
  action: 'person.updated' | 'ownership.transferred',
): Promise<void> {
  const difference = { before: shown(before), after: shown(after) };
  const event = deps.makeEvent(caller, action, { kind: 'person', id: before.id }, difference);
  requireCommitted(await deps.people.commit({ before, after }, event));
}

/** What a directory's groups give, a sign-in takes. */
const isOfDirectory = ({ directory }: HeldRole): boolean => directory !== undefined;

/** What events tell of a person: nothing that says who it is. */
const shown = ({ status, roles }: Person) => ({ status, roles });

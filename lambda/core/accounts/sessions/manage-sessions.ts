import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import { findPerson } from '../people/change-person.ts';
import type { CustomRoleStore } from '../people/custom-role.ts';
import { requireToCover } from '../people/held-roles.ts';
import { requireCommitted } from '../people/invite-person.ts';
import type { Person } from '../people/person.ts';
import type { PersonStore } from '../people/person-store.ts';
import type { SealedSignIn, SignInHistoryDeps } from '../sign-in-history/sign-in-history.ts';
import { sealedSignIn } from '../sign-in-history/sign-in-history.ts';
import type { SignInSender } from '../sign-in-history/sign-in-sender.ts';
import { isValidFor } from './authenticate-session.ts';
import type { Session, SessionStore, StoredSession } from './session.ts';
import { hasSessionEnded } from './session.ts';

export interface ManageSessionsDeps extends SignInHistoryDeps {
  readonly people: PersonStore;
  readonly customRoles: CustomRoleStore;
  readonly sessions: SessionStore;
  readonly makeEvent: MakeEvent;
}

/** What is known of a sign-in that begins a session. */
export interface SessionBeginning {
  /** ISO 8601 with milliseconds and Z. */
  readonly authenticatedAt: string;
  readonly hasSecondFactor: boolean;
  readonly sender: SignInSender;
}

/** 256 bits. */
const SECRET_BYTES = 32;

/**
 * Starts a session under a new secret: one that a browser brought along is never taken over.
 * @returns the cookie's value, which is kept nowhere
 * @throws Problem busy
 */
export async function startSession(
  deps: ManageSessionsDeps,
  person: Person,
  { authenticatedAt, hasSecondFactor, sender }: SessionBeginning,
): Promise<string> {
  const secret = Buffer.from(deps.randomBytes(SECRET_BYTES)).toString('base64url');
  const now = new Date(deps.clock()).toISOString();
  const session: Session = {
    id: deps.hexId(),
    personId: person.id,
    createdAt: now,
    authenticatedAt,
    lastSeenAt: now,
    ...(person.directory !== undefined && { directory: person.directory }),
    ...(!hasSecondFactor && { lacksSecondFactor: true }),
  };
  const event = deps.makeEvent({ kind: 'person', id: person.id }, 'session.started', objectOf(session), {
    after: told(session),
  });
  const result = hasSecondFactor ? 'signed-in' : 'one-factor';
  const entry = await sealedSignIn(deps, person.id, { ...sender, result });
  if (await deps.sessions.start({ session, digest: sha256Hex(secret) }, event, entry)) return secret;
  throw problem('busy', 'The session could not be started. Try again.');
}

/** The sessions of a person that have not ended, newest first. @throws Problem person.missing */
export async function listSessions(deps: ManageSessionsDeps, personId: string): Promise<readonly Session[]> {
  return (await lasting(deps, personId)).map(({ session }) => session);
}

/** @throws Problem person.missing, session.missing, permission.missing or busy */
export async function endSession(deps: ManageSessionsDeps, caller: Caller, personId: string, id: string) {
  await requireToChange(deps, caller, personId);
  const stored = (await lasting(deps, personId)).find(({ session }) => session.id === id);
  if (!stored) throw problem('session.missing', 'This person has no session with this id.');
  await end(deps, caller, stored);
}

/** Ends the session of a cookie, if there is one. */
export async function signOut(deps: ManageSessionsDeps, secret: string, sender: SignInSender): Promise<void> {
  const digest = sha256Hex(secret);
  const session = await deps.sessions.find(digest);
  if (!session) return;
  const person = await deps.people.find(session.personId);
  // With the person went the key that their history is sealed with.
  const entry = person && (await sealedSignIn(deps, person.id, { ...sender, result: 'signed-out' }));
  await end(deps, { kind: 'person', id: session.personId }, { session, digest }, entry);
}

/** Ends every session of a person, and every token. @throws Problem person.missing, permission.missing or busy */
export async function endAllSessions(deps: ManageSessionsDeps, caller: Caller, personId: string): Promise<void> {
  const before = await requireToChange(deps, caller, personId);
  const validFrom = new Date(deps.clock()).toISOString();
  const after = { ...before, validFrom, version: before.version + 1 };
  const difference = { before: { validFrom: before.validFrom }, after: { validFrom } };
  const event = deps.makeEvent(caller, 'sessions.ended', { kind: 'person', id: personId }, difference);
  requireCommitted(await deps.people.commit({ before, after }, event));
}

async function requireToChange(deps: ManageSessionsDeps, caller: Caller, personId: string): Promise<Person> {
  const person = await findPerson(deps, personId);
  if (caller.id !== personId) await requireToCover(deps, caller, person.roles);
  return person;
}

async function lasting(deps: ManageSessionsDeps, personId: string): Promise<readonly StoredSession[]> {
  const person = await findPerson(deps, personId);
  const now = deps.clock();
  return (await deps.sessions.list(personId))
    .filter(({ session }) => !hasSessionEnded(session, now) && isValidFor(person, session))
    .toSorted((a, b) => (a.session.createdAt > b.session.createdAt ? -1 : 1));
}

async function end(
  deps: ManageSessionsDeps,
  caller: Pick<Caller, 'kind' | 'id'>,
  stored: StoredSession,
  entry?: SealedSignIn,
): Promise<void> {
  const event = deps.makeEvent(caller, 'session.ended', objectOf(stored.session), { before: told(stored.session) });
  if (!(await deps.sessions.end(stored, event, entry)))
    throw problem('busy', 'The session could not be ended. Try again.');
}

const objectOf = ({ id }: Session) => ({ kind: 'session', id });

/** What events tell of a session: whose it is and how it began. */
const told = ({ personId, createdAt, directory, lacksSecondFactor = false }: Session) => ({
  ...{ personId, createdAt, hasSecondFactor: !lacksSecondFactor },
  ...(directory !== undefined && { directory }),
});

import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import type { DirectoryChoice } from '../people/directory-choice.ts';
import { isWayOpen } from '../people/directory-choice.ts';
import { requireEnrolled } from '../people/enrolment.ts';
import type { HeldRolesDeps } from '../people/held-roles.ts';
import { personCaller } from '../people/held-roles.ts';
import type { Person } from '../people/person.ts';
import type { PersonStore } from '../people/person-store.ts';
import type { Session, SessionStore } from './session.ts';
import { hasSessionEnded } from './session.ts';

export interface AuthenticateSessionDeps extends HeldRolesDeps, DirectoryChoice {
  readonly people: Pick<PersonStore, 'find'>;
  readonly sessions: Pick<SessionStore, 'find' | 'touch'>;
  readonly clock: Clock;
}

/** How often a session that is used is noted as used, in milliseconds: each time costs a write. */
const NOTED_EVERY = 60_000;

/**
 * Whose session it is. Session and person are read anew for every call: who is disabled, signed out or has lost a right is
 * refused by the next one.
 * @param secret the cookie's value
 * @throws Problem session.ended or enrolment.missing
 */
export async function authenticateSession(deps: AuthenticateSessionDeps, secret: string): Promise<Caller> {
  const digest = sha256Hex(secret);
  const session = await deps.sessions.find(digest);
  const now = deps.clock();
  if (!session || hasSessionEnded(session, now)) throw ended();
  const person = await deps.people.find(session.personId);
  if (!person || !isValidFor(person, session) || !isWayOpen(deps, person)) throw ended();
  requireEnrolled(deps, person, session);
  if (now - Date.parse(session.lastSeenAt) >= NOTED_EVERY) {
    await deps.sessions.touch(digest, new Date(now).toISOString());
  }
  return personCaller(deps, person);
}

/** The sign-in before `validFrom`, or by another way than is the person's now, counts no more, whatever else says so. */
export const isValidFor = (
  { status, validFrom, directory }: Person,
  session: Pick<Session, 'createdAt' | 'directory'>,
): boolean => status === 'active' && session.createdAt > validFrom && session.directory === directory;

const ended = () => problem('session.ended', 'Your session has ended. Sign in again.');

import { findPerson } from '../../lambda/core/accounts/people/change-person.ts';
import { listSessions, startSession } from '../../lambda/core/accounts/sessions/manage-sessions.ts';
import type { SignInSender } from '../../lambda/core/accounts/sign-in-history/sign-in-sender.ts';
import { makeEvent } from '../core/audit/told-events.ts';

/** From where people of tests sign in. */
export const SENDER: SignInSender = { network: '192.0.2.0/24', browser: 'other', system: 'other' };

interface SignedIn {
  readonly hasSecondFactor?: boolean;
  readonly secondsAgo?: number;
  /** That vouched for them. */
  readonly directory?: string;
}

/** Signs a person in, past the provider. The environment of a cloud fixture must be set. @returns the cookie's value */
export async function signedIn(
  personId: string,
  { hasSecondFactor = true, secondsAgo = 0, directory }: SignedIn = {},
): Promise<string> {
  const deps = { ...(await composed()), clock: () => Date.now() - secondsAgo * 1000 };
  const person = await findPerson(deps, personId);
  const authenticatedAt = new Date(deps.clock()).toISOString();
  return startSession(
    deps,
    { ...person, ...(directory && { directory }) },
    { authenticatedAt, hasSecondFactor, sender: SENDER },
  );
}

/** Signs a person in. @returns the session as it is listed */
export async function startedSession(personId: string) {
  await signedIn(personId);
  return (await listSessions(await composed(), personId))[0];
}

async function composed() {
  const { composePeople } = await import('../../lambda/handlers/composition/people.ts');
  const deps = composePeople(async () => undefined)?.({ makeEvent, report: () => undefined });
  if (!deps) throw new Error('There are no people.');
  return deps;
}

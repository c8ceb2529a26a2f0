import { OWNER } from '../../lambda/core/accounts/owner.ts';
import { findPerson } from '../../lambda/core/accounts/people/change-person.ts';
import { beginMailChange } from '../../lambda/core/accounts/people/mail-change.ts';
import type { ServiceMail } from '../../lambda/core/accounts/people/service-mail.ts';
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
  const deps = { ...(await composedPeople()), clock: () => Date.now() - secondsAgo * 1000 };
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
  return (await listSessions(await composedPeople(), personId))[0];
}

/** Begins a change of a person's address. @returns the codes of both mails */
export async function mailedCodes(personId: string, mail = `new.${personId}@example.com`) {
  const codes: string[] = [];
  const sendMail = async (_: string, { text }: ServiceMail) => codes.push(/\b\d{8}\b/.exec(text)?.[0] ?? '') > 0;
  const deps = { ...(await composedPeople()), sendMail };
  await beginMailChange(deps, OWNER, personId, mail);
  const [currentCode = '', newCode = ''] = codes;
  return { currentCode, newCode };
}

/** What the API manages people with, past the API. */
export async function composedPeople() {
  const { composePeople } = await import('../../lambda/handlers/composition/people.ts');
  const deps = composePeople(async () => undefined)?.({ makeEvent, report: () => undefined });
  if (!deps) throw new Error('There are no people.');
  return deps;
}

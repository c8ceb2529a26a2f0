import { problem } from '../../kernel/problems.ts';
import type { ManagePeopleDeps } from '../people/invite-person.ts';
import { isAllowedDomain, mailDigest, parseMailAddress } from '../people/mail-address.ts';
import type { Person } from '../people/person.ts';
import { accountDigestOf } from '../people/person.ts';
import type { ManageSessionsDeps } from '../sessions/manage-sessions.ts';
import { startSession } from '../sessions/manage-sessions.ts';
import type { ProvenSignIn } from './sign-in-provider.ts';

export type CompleteSignInDeps = ManageSessionsDeps & Pick<ManagePeopleDeps, 'dataKeys' | 'allowedDomains'>;

/** Provers count in seconds: a proof of the second in which everything was ended is one that follows. */
const SECOND = 1000;

/**
 * Lets in who has proven who they are, if they are one of our people. Every refusal says the same, so that nobody learns who
 * is.
 * @returns the secret of a new session
 * @throws Problem sign-in.refused or busy
 */
export async function completeSignIn(deps: CompleteSignInDeps, proven: ProvenSignIn): Promise<string> {
  const account = accountDigestOf(proven.provider, proven.subject);
  const person = (await deps.people.findByAccount(account)) ?? (await bindByMail(deps, proven, account));
  if (person?.status !== 'active' || isOutdated(proven, person)) throw refused();
  return startSession(deps, person, proven.authenticatedAt);
}

/**
 * The first sign-in of somebody who accepted an invitation: from then on their account is what counts, and no other account
 * takes their place by having the address. An address that the provider has not verified proves nothing.
 */
async function bindByMail(
  deps: CompleteSignInDeps,
  proven: ProvenSignIn,
  account: string,
): Promise<Person | undefined> {
  const mail = proven.isMailVerified ? readMail(proven.mail) : undefined;
  if (mail === undefined || !isAllowedDomain(mail, deps.allowedDomains)) return undefined;
  const before = await deps.people.findByMail(mailDigest(await deps.dataKeys.pepper(), mail));
  if (before?.status !== 'active' || before.accountDigest !== undefined) return undefined;
  const after: Person = { ...before, accountDigest: account, version: before.version + 1 };
  const self = { kind: 'person', id: before.id } as const;
  const event = deps.makeEvent(self, 'person.signed-in-first', { kind: 'person', id: before.id });
  return (await deps.people.commit({ before, after }, event)) === 'committed' ? after : undefined;
}

function readMail(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : parseMailAddress(text);
  } catch {
    return undefined;
  }
}

const isOutdated = ({ authenticatedAt }: ProvenSignIn, { validFrom }: Person): boolean =>
  Date.parse(authenticatedAt) + SECOND <= Date.parse(validFrom);

const refused = () =>
  problem(
    'sign-in.refused',
    'This account may not sign in here. Ask an administrator for an invitation, and accept it.',
  );

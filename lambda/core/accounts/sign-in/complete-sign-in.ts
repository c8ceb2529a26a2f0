import type { Directory } from '../../../contract/people.ts';
import { problem } from '../../kernel/problems.ts';
import { readProfile } from '../people/change-person.ts';
import type { DirectoryChoice } from '../people/directory-choice.ts';
import { directoryOf, isWayOpen } from '../people/directory-choice.ts';
import { isAllowedDomain, mailDigest, parseMailAddress } from '../people/mail-address.ts';
import type { ChangeMailDeps } from '../people/mail-change.ts';
import { finishMailChange, newAddress } from '../people/mail-change.ts';
import type { Person } from '../people/person.ts';
import { accountDigestOf } from '../people/person.ts';
import type { ManageSessionsDeps } from '../sessions/manage-sessions.ts';
import { startSession } from '../sessions/manage-sessions.ts';
import { noteRefusedSignIn } from '../sign-in-history/sign-in-history.ts';
import type { SignInSender } from '../sign-in-history/sign-in-sender.ts';
import { applyGroups } from './apply-groups.ts';
import type { TellOfNewSignInDeps } from './new-sign-in.ts';
import { isNewSender, tellOfNewSignIn } from './new-sign-in.ts';
import type { ProvenSignIn } from './sign-in-provider.ts';

export type CompleteSignInDeps = ManageSessionsDeps &
  DirectoryChoice &
  TellOfNewSignInDeps &
  Pick<ChangeMailDeps, 'allowedDomains' | 'accounts' | 'mailChanges'>;

/** Provers count in seconds: a proof of the second in which everything was ended is one that follows. */
const SECOND = 1000;

/**
 * Lets in who has proven who they are, if they are one of our people. Every refusal says the same, so that nobody learns who
 * is. Groups of a directory become roles before the session begins. The history of whom it is has how it ended.
 * @returns the secret of a new session
 * @throws Problem sign-in.refused or busy
 */
export async function completeSignIn(
  deps: CompleteSignInDeps,
  proven: ProvenSignIn,
  sender: SignInSender,
): Promise<string> {
  if (!isWayOpen(deps, { ...(proven.directory && { directory: proven.directory.name }) })) throw refused();
  const account = accountDigestOf(proven.provider, proven.subject);
  const bound = await deps.people.findByAccount(account);
  const person = bound ?? (await bindByMail(deps, proven, account));
  if (!person) throw refused();
  if (!(await mayComeIn(deps, person, proven))) {
    await noteRefusedSignIn(deps, person, sender);
    throw refused();
  }
  const hasSecondFactor = proven.hasSecondFactor ?? (await deps.accounts.hasSecondFactor(proven.subject));
  const { authenticatedAt } = proven;
  const known = await withGroups(deps, await withNewMail(deps, person, proven), proven);
  // Of the first sign-in they know: it is the one that the invitation asked for.
  const isNew = bound !== undefined && (await isNewSender(deps, known, sender));
  const secret = await startSession(deps, known, { authenticatedAt, hasSecondFactor, sender });
  if (isNew) await tellOfNewSignIn(deps, known, sender);
  return secret;
}

async function mayComeIn(deps: CompleteSignInDeps, person: Person, proven: ProvenSignIn): Promise<boolean> {
  if (person.status !== 'active' || isOutdated(proven, person)) return false;
  if (person.directory !== proven.directory?.name) return false;
  return isAllowedDomain((await readProfile(deps, person)).mail, deps.allowedDomains);
}

/** Finishes a change of address that was cut off after the provider had it. */
async function withNewMail(deps: CompleteSignInDeps, person: Person, proven: ProvenSignIn): Promise<Person> {
  const mail = proven.isMailVerified ? readMail(proven.mail) : undefined;
  if (proven.directory || mail === undefined || mail === (await readProfile(deps, person)).mail) return person;
  const change = await deps.mailChanges.find(person.id);
  if (!change || (await newAddress(deps, change)).mail !== mail) return person;
  return finishMailChange(deps, { kind: 'person', id: person.id }, person, change);
}

async function withGroups(deps: CompleteSignInDeps, person: Person, { directory: said }: ProvenSignIn) {
  const directory = deps.directories.find(({ name }) => name === said?.name);
  return said && directory ? applyGroups(deps, person, directory, said.groups) : person;
}

/**
 * The first sign-in of somebody who accepted an invitation: from then on their account is what counts, and no other account
 * takes their place by having the address. An address that the provider has not verified proves nothing, and one of a
 * directory's domains is proven by this directory alone: it takes the place of an account that it did not vouch for.
 */
async function bindByMail(
  deps: CompleteSignInDeps,
  proven: ProvenSignIn,
  account: string,
): Promise<Person | undefined> {
  const mail = proven.isMailVerified ? readMail(proven.mail) : undefined;
  if (mail === undefined || !isAllowedDomain(mail, deps.allowedDomains)) return undefined;
  const directory = directoryOf(deps, mail);
  if (directory?.name !== proven.directory?.name) return undefined;
  const before = await deps.people.findByMail(mailDigest(await deps.dataKeys.pepper(), mail));
  if (before?.status !== 'active' || !mayBind(deps, before, directory)) return undefined;
  const { directory: _, ...others } = before;
  const vouchedFor = directory && { directory: directory.name };
  const after: Person = { ...others, ...vouchedFor, accountDigest: account, version: before.version + 1 };
  const self = { kind: 'person', id: before.id } as const;
  const action = before.accountDigest === undefined ? 'person.signed-in-first' : 'person.account-changed';
  const event = deps.makeEvent(self, action, self, { before: boundTo(before), after: boundTo(after) });
  return (await deps.people.commit({ before, after }, event)) === 'committed' ? after : undefined;
}

/** By what somebody signs in, as events tell it; whose account it is says more than an event may. */
const boundTo = ({ accountDigest, directory }: Person) => ({
  hasAccount: accountDigest !== undefined,
  directory: directory ?? null,
});

/** Whether nobody has the place, or only an account that the directory of the address did not vouch for. */
function mayBind(deps: DirectoryChoice, { accountDigest, directory: bound }: Person, directory: Directory | undefined) {
  if (accountDigest === undefined) return true;
  return directory !== undefined && (bound === undefined || !isWayOpen(deps, { directory: bound }));
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

import { LIMITS } from '../../../contract/limits.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import type { CustomRoleStore } from './custom-role.ts';
import type { DirectoryChoice } from './directory-choice.ts';
import { directoryOf } from './directory-choice.ts';
import { requireKnown, requireToCover } from './held-roles.ts';
import { isAllowedDomain, mailDigest, parseMailAddress } from './mail-address.ts';
import type { HeldRole, Person } from './person.ts';
import type { PersonOutcome, PersonStore } from './person-store.ts';
import type { DataKeys, PersonalData } from './personal-data.ts';
import { seal } from './personal-data.ts';
import type { SendMail } from './service-mail.ts';
import { invitationMail } from './service-mail.ts';
import type { SignInAccounts } from './sign-in-accounts.ts';

export interface ManagePeopleDeps extends DirectoryChoice {
  readonly people: PersonStore;
  readonly customRoles: CustomRoleStore;
  readonly dataKeys: DataKeys;
  readonly clock: Clock;
  /** A new id; lower-case hexadecimal. */
  readonly hexId: () => string;
  /** Bytes that nobody can guess. */
  readonly randomBytes: (count: number) => Uint8Array;
  readonly makeEvent: MakeEvent;
  readonly sendMail: SendMail;
  readonly accounts: SignInAccounts;
  /** Domains whose addresses may be invited, in ASCII. Empty: all. */
  readonly allowedDomains: readonly string[];
  /** Base URL of the API's own host; undefined before anybody knows it. Never taken from a request. */
  readonly apiUrl: () => Promise<string | undefined>;
}

export interface NewPerson {
  /** As somebody wrote it. */
  readonly mail: string;
  readonly name: string;
  readonly locale?: string | undefined;
  readonly roles: readonly HeldRole[];
}

/** Somebody who is invited, with the token, which is given out once and kept nowhere. */
export interface Invited {
  readonly person: Person;
  readonly token: string;
  /** Whether the mail went out; without, the token must reach the person in another way. */
  readonly isMailed: boolean;
}

/** 256 bits, in base64url. */
const TOKEN_BYTES = 32;

/**
 * Makes a person who is invited, and mails the invitation. Nobody gives rights that they lack.
 * @throws Problem person.invalid, person.exists, person.limit, permission.missing or busy
 */
export async function invitePerson(deps: ManagePeopleDeps, caller: Caller, input: NewPerson): Promise<Invited> {
  await requireKnown(deps, input.roles);
  await requireToCover(deps, caller, input.roles);
  const mail = parseMailAddress(input.mail);
  requireWayIn(deps, mail);
  const id = deps.hexId();
  const { plain, wrapped } = await deps.dataKeys.make(id);
  const profile: PersonalData = { mail, name: input.name, ...(input.locale !== undefined && { locale: input.locale }) };
  const { token, invitation } = newInvitation(deps, caller);
  const now = new Date(deps.clock()).toISOString();
  const after: Person = {
    id,
    status: 'invited',
    roles: input.roles,
    sealed: seal(plain, id, 'profile', profile, deps.randomBytes(12)),
    mailDigest: mailDigest(await deps.dataKeys.pepper(), mail),
    invitation,
    createdAt: now,
    validFrom: now,
    version: 1,
  };
  const event = deps.makeEvent(
    caller,
    'person.invited',
    { kind: 'person', id },
    { after: { status: after.status, roles: after.roles, invitationEndsAt: invitation.endsAt } },
  );
  requireCommitted(await deps.people.commit({ after, dataKey: wrapped }, event));
  return { person: after, token, isMailed: await mailed(deps, profile, token) };
}

/** @throws Problem person.invalid for an address with which nobody could sign in */
function requireWayIn(deps: ManagePeopleDeps, mail: string): void {
  if (!isAllowedDomain(mail, deps.allowedDomains)) {
    throw problem('person.invalid', `mail must be an address of ${deps.allowedDomains.join(', ')}.`);
  }
  if (deps.directoriesOnly && !directoryOf(deps, mail)) {
    const domains = deps.directories.flatMap((one) => one.domains).join(', ');
    throw problem('person.invalid', `Everybody signs in by a directory: mail must be an address of ${domains}.`);
  }
}

/**
 * Invites somebody anew who has not accepted yet: the invitation before is worth nothing any more.
 * @throws Problem person.missing, person.invalid, permission.missing or busy
 */
export async function inviteAnew(
  deps: ManagePeopleDeps,
  caller: Caller,
  before: Person,
  profile: PersonalData,
): Promise<Invited> {
  await requireToCover(deps, caller, before.roles);
  if (before.status !== 'invited') throw problem('person.invalid', 'This person has accepted an invitation already.');
  const { token, invitation } = newInvitation(deps, caller);
  const after = { ...before, invitation, version: before.version + 1 };
  const difference = {
    before: { invitationEndsAt: before.invitation?.endsAt },
    after: { invitationEndsAt: invitation.endsAt },
  };
  const event = deps.makeEvent(caller, 'person.invited', { kind: 'person', id: before.id }, difference);
  requireCommitted(await deps.people.commit({ before, after }, event));
  return { person: after, token, isMailed: await mailed(deps, profile, token) };
}

function newInvitation({ clock, randomBytes }: ManagePeopleDeps, { kind, id }: Caller) {
  const token = Buffer.from(randomBytes(TOKEN_BYTES)).toString('base64url');
  const endsAt = new Date(clock() + LIMITS.invitationSeconds * 1000).toISOString();
  const by = kind === 'person' && { by: id };
  return { token, invitation: { digest: sha256Hex(token), endsAt, ...by } };
}

/** An invitation that could not be mailed stays one: its token is in the answer of the call. */
async function mailed(deps: ManagePeopleDeps, profile: PersonalData, token: string): Promise<boolean> {
  const apiUrl = await deps.apiUrl();
  return apiUrl !== undefined && (await deps.sendMail(profile.mail, invitationMail(apiUrl, token, profile.name)));
}

/** @throws Problem for every outcome but `committed` */
export function requireCommitted(outcome: PersonOutcome): void {
  switch (outcome) {
    case 'committed':
      return;
    case 'changed':
      throw problem('busy', 'This person is changed by others at the same time. Try again.');
    case 'last-owner':
      throw problem('person.last-owner', 'This is the last owner: make somebody else an owner before.');
    case 'taken':
      throw problem('person.exists', 'There is a person with this mail address already.');
    case 'full':
      throw problem('person.limit', `There may be at most ${LIMITS.people} people.`);
  }
}

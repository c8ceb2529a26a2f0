import { createHmac } from 'node:crypto';
import { LIMITS } from '../../../contract/limits.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import { equalInConstantTime } from '../credentials.ts';
import { findPerson, readProfile } from './change-person.ts';
import { directoryOf } from './directory-choice.ts';
import { requireToCover } from './held-roles.ts';
import type { ManagePeopleDeps } from './invite-person.ts';
import { requireCommitted } from './invite-person.ts';
import { isAllowedDomain, mailDigest, parseMailAddress } from './mail-address.ts';
import type { MailChange, MailChangeStore } from './mail-change-store.ts';
import { maskedDifference } from './masked-difference.ts';
import type { Person } from './person.ts';
import type { PersonalData } from './personal-data.ts';
import { seal, unseal } from './personal-data.ts';
import { currentCodeMail, mailChangedMail, newCodeMail, takenAddressMail } from './service-mail.ts';

export interface ChangeMailDeps extends ManagePeopleDeps {
  readonly mailChanges: MailChangeStore;
}

export interface MailCodes {
  /** Of the mail to the address that they have. */
  readonly currentCode: string;
  /** Of the mail to the address that they want. */
  readonly newCode: string;
}

const NONCE_BYTES = 12;
const DIGITS = 8;

/**
 * Mails a code to the address that a person has and one to the address that they want; until both are given back nothing changes.
 * An address that somebody else has gets a mail without a code, and the answer is the same.
 * @param text the new address, as somebody wrote it
 * @returns when the codes end
 * @throws Problem person.missing, person.invalid, permission.missing, mail-change.tries or busy
 */
export async function beginMailChange(
  deps: ChangeMailDeps,
  caller: Caller,
  personId: string,
  text: string,
): Promise<string> {
  const person = await requireToChange(deps, caller, personId);
  const { mail: current } = await readProfile(deps, person);
  const mail = parseMailAddress(text);
  requireOwnWayIn(deps, person, { mail, current });
  const begun = await deps.mailChanges.countBegun(personId, new Date(deps.clock()).toISOString().slice(0, 10));
  if (begun > LIMITS.mailChangesADay) {
    throw problem('mail-change.tries', `An address may be changed ${LIMITS.mailChangesADay} times a day.`);
  }
  const codes = { currentCode: newCode(deps), newCode: newCode(deps) };
  const change = await newChange(deps, personId, mail, codes);
  await deps.mailChanges.begin(
    change,
    deps.makeEvent(caller, 'person.mail-change-begun', { kind: 'person', id: personId }),
  );
  const isTaken = (await deps.people.findByMail(mailDigest(await deps.dataKeys.pepper(), mail))) !== undefined;
  const sent = await Promise.all([
    deps.sendMail(current, currentCodeMail(codes.currentCode)),
    deps.sendMail(mail, isTaken ? takenAddressMail() : newCodeMail(codes.newCode)),
  ]);
  if (sent.includes(false)) throw problem('busy', 'A mail could not be sent. Try again.');
  return change.endsAt;
}

/**
 * Changes the address once both codes are right: first where the person signs in, then here. A change that is cut off between the
 * two is finished by the same call, or by their next sign-in.
 * @throws Problem person.missing, person.invalid, permission.missing, mail-change.invalid or busy
 */
export async function confirmMailChange(
  deps: ChangeMailDeps,
  caller: Caller,
  personId: string,
  codes: MailCodes,
): Promise<Person> {
  const person = await requireToChange(deps, caller, personId);
  const change = await deps.mailChanges.find(personId);
  if (!change || Date.parse(change.endsAt) <= deps.clock()) throw wrongCodes();
  if ((await deps.mailChanges.countTry(change)) > LIMITS.mailCodeTries) throw wrongCodes();
  const pepper = await deps.dataKeys.pepper();
  const { current, next } = digestsOf(pepper, change.id, codes);
  const areRight = [
    equalInConstantTime(current, change.codes.current),
    equalInConstantTime(next, change.codes.next),
  ].every(Boolean);
  if (!areRight) throw wrongCodes();
  const { mail } = await newAddress(deps, change);
  if (await deps.people.findByMail(mailDigest(pepper, mail))) throw wrongCodes();
  const { mail: before } = await readProfile(deps, person);
  if ((await deps.accounts.changeMail(before, mail)) === 'taken') throw wrongCodes();
  const after = await finishMailChange(deps, caller, person, change);
  await deps.sendMail(before, mailChangedMail());
  return after;
}

/** Writes the new address down; where the person signs in has it already. @throws Problem person.exists or busy */
export async function finishMailChange(
  deps: Pick<ChangeMailDeps, 'people' | 'dataKeys' | 'makeEvent' | 'randomBytes'>,
  caller: Pick<Caller, 'kind' | 'id'>,
  before: Person,
  change: MailChange,
): Promise<Person> {
  const { id } = before;
  const key = await deps.dataKeys.open(id);
  const { mail } = unseal(key, id, 'mail-change', change.sealed) as Pick<PersonalData, 'mail'>;
  const profile = { ...(unseal(key, id, 'profile', before.sealed) as PersonalData), mail };
  const after: Person = {
    ...before,
    sealed: seal(key, id, 'profile', profile, deps.randomBytes(NONCE_BYTES)),
    mailDigest: mailDigest(await deps.dataKeys.pepper(), mail),
    version: before.version + 1,
  };
  const object = { kind: 'person', id };
  const event = deps.makeEvent(caller, 'person.mail-changed', object, maskedDifference(['mail']));
  requireCommitted(await deps.people.commit({ before, after, mailChange: change }, event));
  return after;
}

/** The address that a change is about. */
export async function newAddress(
  { dataKeys }: Pick<ChangeMailDeps, 'dataKeys'>,
  { personId, sealed }: MailChange,
): Promise<Pick<PersonalData, 'mail'>> {
  return unseal(await dataKeys.open(personId), personId, 'mail-change', sealed) as Pick<PersonalData, 'mail'>;
}

async function requireToChange(deps: ChangeMailDeps, caller: Caller, personId: string): Promise<Person> {
  const person = await findPerson(deps, personId);
  if (caller.id !== personId) await requireToCover(deps, caller, person.roles);
  if (person.status === 'active') return person;
  throw problem('person.invalid', 'Only the address of somebody who has accepted and is not disabled can be changed.');
}

/** @throws Problem person.invalid for an address with which the person could not sign in any more */
function requireOwnWayIn(
  deps: ChangeMailDeps,
  { directory }: Person,
  { mail, current }: { readonly mail: string; readonly current: string },
): void {
  if (directory !== undefined) throw problem('person.invalid', `The directory ${directory} has this person's address.`);
  if (mail === current) throw problem('person.invalid', 'mail is the address that the person has.');
  if (!isAllowedDomain(mail, deps.allowedDomains)) {
    throw problem('person.invalid', `mail must be an address of ${deps.allowedDomains.join(', ')}.`);
  }
  const speaks = directoryOf(deps, mail);
  if (speaks)
    throw problem('person.invalid', `Who has an address of this domain signs in by the directory ${speaks.name}.`);
}

async function newChange(deps: ChangeMailDeps, personId: string, mail: string, codes: MailCodes): Promise<MailChange> {
  const id = deps.hexId();
  const key = await deps.dataKeys.open(personId);
  return {
    ...{ id, personId },
    sealed: seal(key, personId, 'mail-change', { mail }, deps.randomBytes(NONCE_BYTES)),
    codes: digestsOf(await deps.dataKeys.pepper(), id, codes),
    endsAt: new Date(deps.clock() + LIMITS.mailCodeSeconds * 1000).toISOString(),
  };
}

/** 48 random bits: every code is as likely as any other, but for one in a million. */
function newCode({ randomBytes }: ChangeMailDeps): string {
  const number = Buffer.from(randomBytes(6)).readUIntBE(0, 6) % 10 ** DIGITS;
  return String(number).padStart(DIGITS, '0');
}

function digestsOf(pepper: Uint8Array, id: string, { currentCode, newCode: next }: MailCodes): MailChange['codes'] {
  const digest = (text: string) => createHmac('sha256', pepper).update(text).digest('hex');
  return { current: digest(`${id}\0current\0${currentCode}`), next: digest(`${id}\0new\0${next}`) };
}

const wrongCodes = () =>
  problem(
    'mail-change.invalid',
    `The codes are wrong, have ended after ${LIMITS.mailCodeSeconds / 60} minutes, or were tried ${LIMITS.mailCodeTries} times. Begin again.`,
  );

import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { ROLE_NAMES } from '../contract/role-names.ts';
import { readProfile } from '../core/accounts/people/change-person.ts';
import type { NotificationKind } from '../core/accounts/people/notification-choices.ts';
import { choicesOf, NOTIFICATIONS } from '../core/accounts/people/notification-choices.ts';
import type { Person } from '../core/accounts/people/person.ts';
import { PERSON_STATUSES } from '../core/accounts/people/person.ts';
import type { PersonalData } from '../core/accounts/people/personal-data.ts';
import type { Caller } from '../core/kernel/caller.ts';
import { problem } from '../core/kernel/problems.ts';
import type { ApiDeps, PeopleDeps } from './deps.ts';
import { answeredBounds, bounds } from './schemas/bounds.ts';
import { answeredMoment, flag, members, oneLine, says } from './schemas/members.ts';
import { pathId } from './schemas/parameters.ts';

const roleName = () => {
  const rule = says(`one of ${ROLE_NAMES.join(', ')}, or the id of a custom role`);
  return z.string(rule).regex(new RegExp(`^(${ROLE_NAMES.join('|')}|[0-9a-f]{24})$`), rule);
};

/** The roles of a person, as a call gives them. */
export const heldRoles = () => {
  const rule = says(`a list of 1 to ${LIMITS.rolesOfPerson} roles`);
  return z
    .array(members({ role: roleName(), ...bounds() }), rule)
    .min(1, rule)
    .max(LIMITS.rolesOfPerson, rule);
};

const locale = () => {
  const rule = says('a language tag such as de or pt-BR');
  return z.string(rule).regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/, rule);
};

/** What people are called, as a call gives it. */
export const profile = { name: oneLine(LIMITS.personNameCharacters), locale: locale() };

/** What a person is mailed about, as a call gives it. */
export const notifications = () => members(ofNotifications(() => flag().optional()));

const ofNotifications = <Of>(make: () => Of) =>
  Object.fromEntries(NOTIFICATIONS.map((kind) => [kind, make()])) as Record<NotificationKind, Of>;

/** A person, as answers tell them. */
export const answeredPerson = () =>
  z.object({
    id: z.string(),
    status: z.enum(PERSON_STATUSES),
    mail: z.string(),
    name: z.string(),
    locale: z.string().optional(),
    directory: z.string().optional(),
    notifications: z.object(ofNotifications(() => z.boolean())),
    roles: z.array(z.object({ role: z.string(), ...answeredBounds(), directory: z.string().optional() })).readonly(),
    createdAt: answeredMoment(),
    invitationEndsAt: answeredMoment().optional(),
  });

/** Somebody who is invited, with the token. */
export const answeredInvitation = () => answeredPerson().extend({ invitationToken: z.string(), isMailed: z.boolean() });

export function personAnswer(
  { id, status, roles, createdAt, invitation, directory }: Person,
  { mail, name, locale, muted }: PersonalData,
) {
  return {
    ...{ id, status, mail, name, roles, createdAt, notifications: choicesOf(muted) },
    ...(locale !== undefined && { locale }),
    ...(directory !== undefined && { directory }),
    ...(invitation && { invitationEndsAt: invitation.endsAt }),
  };
}

/** @throws Problem people.off */
export function peopleOf({ people }: ApiDeps): PeopleDeps {
  if (people) return people;
  throw problem('people.off', 'This deployment has no people: "people" in its configuration turns them on.');
}

/** `me` is the person who calls. */
export const personIdOf = (personId: string, caller: Caller): string =>
  personId === 'me' && caller.kind === 'person' ? caller.id : personId;

export const answerFor = async (people: PeopleDeps, person: Person) =>
  personAnswer(person, await readProfile(people, person));

export const personPath = pathId('personId', 'people.invite', 'id');

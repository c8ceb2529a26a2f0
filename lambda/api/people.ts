import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import {
  findPerson,
  readProfile,
  removePerson,
  transferOwnership,
  updatePerson,
  updateProfile,
} from '../core/accounts/people/change-person.ts';
import { acceptInvitation, inviteAnew, invitePerson } from '../core/accounts/people/invite-person.ts';
import type { Person } from '../core/accounts/people/person.ts';
import { PERSON_STATUSES } from '../core/accounts/people/person.ts';
import type { PersonalData } from '../core/accounts/people/personal-data.ts';
import { ROLE_NAMES } from '../core/accounts/roles.ts';
import type { Caller } from '../core/kernel/caller.ts';
import { problem } from '../core/kernel/problems.ts';
import type { ApiDeps, PeopleDeps } from './deps.ts';
import { defineOperation } from './operation.ts';
import { folderIds } from './schemas/folder-ids.ts';
import { answeredMoment, members, oneLine, oneOf, says } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';

const roles = () => {
  const rule = says(`a list of 1 to ${LIMITS.rolesOfPerson} roles`);
  return z
    .array(members({ role: oneOf(ROLE_NAMES), folderIds: folderIds().optional() }), rule)
    .min(1, rule)
    .max(LIMITS.rolesOfPerson, rule);
};

const locale = () => {
  const rule = says('a language tag such as de or pt-BR');
  return z.string(rule).regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/, rule);
};

const profile = { name: oneLine(LIMITS.personNameCharacters), locale: locale() };

const answered = () =>
  z.object({
    id: z.string(),
    status: z.enum(PERSON_STATUSES),
    mail: z.string(),
    name: z.string(),
    locale: z.string().optional(),
    roles: z.array(z.object({ role: z.string(), folderIds: z.array(z.string()).readonly().optional() })).readonly(),
    createdAt: answeredMoment(),
    invitationEndsAt: answeredMoment().optional(),
  });

const invited = () => answered().extend({ invitationToken: z.string(), isMailed: z.boolean() });

function answerOf({ id, status, roles, createdAt, invitation }: Person, { mail, name, locale }: PersonalData) {
  return {
    ...{ id, status, mail, name, roles, createdAt },
    ...(locale !== undefined && { locale }),
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

const answerFor = async (people: PeopleDeps, person: Person) => answerOf(person, await readProfile(people, person));

const MANY = ['/v1/people'] as const;
const ONE = ['/v1/people/:personId'] as const;
export const personPath = pathId('personId', 'people.invite', 'id');

/** People, who sign in, and what they may do. */
export const peopleOperations = [
  defineOperation({
    id: 'people.invite',
    methods: ['POST'],
    paths: MANY,
    access: { permission: 'people.write' },
    resource: 'people',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          mail: oneLine(LIMITS.mailCharacters),
          name: profile.name,
          roles: roles(),
          locale: profile.locale.optional(),
        }),
      },
    }),
    answer: { status: 201, schema: invited },
    problems: ['people.off', 'person.invalid', 'person.exists', 'person.limit', 'busy'],
    audit: { action: 'person.invited' },
    rateClass: 'write',
    sentence:
      'Invites somebody by mail, with roles everywhere or in some folders. The token of the invitation is in this answer and in the mail.',
    example: { body: { mail: 'jo@example.com', name: 'Jo Example', roles: [{ role: 'viewer' }] } },
    run: async (deps, caller, { body }) => {
      const people = peopleOf(deps);
      const { person, token, isMailed } = await invitePerson(people, caller, body);
      return { ...(await answerFor(people, person)), invitationToken: token, isMailed };
    },
  }),
  defineOperation({
    id: 'people.list',
    methods: ['GET'],
    paths: MANY,
    access: { permission: 'people.read' },
    resource: 'people',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(answered()) },
    problems: ['people.off'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists everybody who may sign in or is invited, oldest first.',
    example: { given: ['people.invite'] },
    run: async (deps) => {
      const people = peopleOf(deps);
      return Promise.all((await people.people.list()).map((person) => answerFor(people, person)));
    },
  }),
  defineOperation({
    id: 'people.get',
    methods: ['GET'],
    paths: ONE,
    access: { permission: 'people.read', own: true },
    resource: 'people',
    input: () => ({ path: personPath.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: answered },
    problems: ['people.off', 'person.missing'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives one person; `me` is who calls.',
    example: personPath.example,
    run: async (deps, caller, { path: { personId } }) => {
      const people = peopleOf(deps);
      return answerFor(people, await findPerson(people, personIdOf(personId, caller)));
    },
  }),
  defineOperation({
    id: 'people.update',
    methods: ['PATCH'],
    paths: ONE,
    access: { permission: 'people.write' },
    resource: 'people',
    input: () => ({
      path: personPath.schema(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({ roles: roles().optional(), status: oneOf(['active', 'disabled'] as const).optional() }),
      },
    }),
    answer: { status: 200, schema: answered },
    problems: ['people.off', 'person.missing', 'person.invalid', 'person.last-owner', 'busy'],
    audit: { action: 'person.updated' },
    rateClass: 'write',
    sentence:
      'Gives a person other roles, disables or enables them. It holds from their next call on; who is disabled is signed out.',
    example: { ...personPath.example, body: { roles: [{ role: 'editor' }] } },
    run: async (deps, caller, { path: { personId }, body }) => {
      const people = peopleOf(deps);
      return answerFor(people, await updatePerson(people, caller, personId, body));
    },
  }),
  defineOperation({
    id: 'people.update-profile',
    methods: ['PATCH'],
    paths: ['/v1/people/:personId/profile'],
    access: { permission: 'people.write', own: true },
    resource: 'people',
    input: () => ({
      path: personPath.schema(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({ name: profile.name.optional(), locale: profile.locale.optional() }),
      },
    }),
    answer: { status: 200, schema: answered },
    problems: ['people.off', 'person.missing', 'busy'],
    audit: { action: 'person.renamed' },
    rateClass: 'write',
    sentence: 'Changes name and language of a person; everybody may change their own, as `me`.',
    example: { ...personPath.example, body: { name: 'Jo Sample', locale: 'en-GB' } },
    run: async (deps, caller, { path: { personId }, body }) => {
      const people = peopleOf(deps);
      return answerFor(people, await updateProfile(people, caller, personIdOf(personId, caller), body));
    },
  }),
  defineOperation({
    id: 'people.delete',
    methods: ['DELETE'],
    paths: ONE,
    access: { permission: 'people.write' },
    resource: 'people',
    input: () => ({ path: personPath.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['people.off', 'person.missing', 'person.last-owner', 'busy'],
    audit: { action: 'person.removed' },
    rateClass: 'write',
    sentence:
      'Removes a person and erases the key of their personal data, for good. What they did stays, under an id that is nobody’s.',
    example: personPath.example,
    run: (deps, caller, { path: { personId } }) => removePerson(peopleOf(deps), caller, personId),
  }),
  defineOperation({
    id: 'people.invite-anew',
    methods: ['POST'],
    paths: ['/v1/people/:personId/invitation'],
    access: { permission: 'people.write' },
    resource: 'people',
    input: () => ({ path: personPath.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 201, schema: invited },
    problems: ['people.off', 'person.missing', 'person.invalid', 'busy'],
    audit: { action: 'person.invited' },
    rateClass: 'write',
    sentence: 'Invites somebody anew who has not accepted yet; the invitation before ends.',
    example: personPath.example,
    run: async (deps, caller, { path: { personId } }) => {
      const people = peopleOf(deps);
      const before = await findPerson(people, personId);
      const data = await readProfile(people, before);
      const { person, token, isMailed } = await inviteAnew(people, caller, before, data);
      return { ...answerOf(person, data), invitationToken: token, isMailed };
    },
  }),
  defineOperation({
    id: 'people.accept',
    methods: ['POST'],
    paths: ['/v1/people/invitations/accept'],
    access: { public: 'The token of the invitation is the proof.' },
    resource: 'people',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: { kind: 'json', schema: members({ token: oneLine(100) }) },
    }),
    answer: { status: 204, schema: noAnswer },
    problems: ['people.off', 'invitation.invalid', 'busy'],
    audit: { action: 'person.accepted' },
    rateClass: 'write',
    sentence: 'Accepts an invitation, once. Who is invited signs in afterwards, with the address that was invited.',
    example: { given: ['people.invite'], body: { token: '{{people.invite.invitationToken}}' } },
    run: async (deps, _, { body }) => void (await acceptInvitation(peopleOf(deps), body.token)),
  }),
  defineOperation({
    id: 'people.transfer-ownership',
    methods: ['POST'],
    paths: ['/v1/people/:personId/ownership'],
    access: { permission: 'owners.write' },
    resource: 'people',
    input: () => ({ path: personPath.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: answered },
    problems: ['people.off', 'person.missing', 'person.invalid', 'person.last-owner', 'busy'],
    audit: { action: 'ownership.transferred' },
    rateClass: 'write',
    sentence: 'Makes a person an owner. A person who calls it becomes an administrator instead of an owner.',
    example: personPath.example,
    run: async (deps, caller, { path: { personId } }) => {
      const people = peopleOf(deps);
      return answerFor(people, await transferOwnership(people, caller, personId));
    },
  }),
];

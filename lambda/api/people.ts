import * as z from 'zod';
import {
  findPerson,
  removePerson,
  transferOwnership,
  updatePerson,
  updateProfile,
} from '../core/accounts/people/change-person.ts';
import { noteReading } from '../core/accounts/people/note-reading.ts';
import { defineOperation } from './operation.ts';
import {
  answeredPerson,
  answerFor,
  heldRoles,
  notifications,
  peopleOf,
  personIdOf,
  personPath,
  profile,
} from './person-answers.ts';
import { members, oneOf } from './schemas/members.ts';
import { noAnswer, nothing } from './schemas/parameters.ts';

const MANY = ['/v1/people'] as const;
const ONE = ['/v1/people/:personId'] as const;

/** People, who sign in, and what they may do. */
export const peopleOperations = [
  defineOperation({
    id: 'people.list',
    methods: ['GET'],
    paths: MANY,
    access: { permission: 'people.read' },
    resource: 'people',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(answeredPerson()) },
    problems: ['people.off', 'busy'],
    audit: { action: 'people.listed' },
    rateClass: 'read',
    sentence: 'Lists everybody who may sign in or is invited, oldest first. The audit log has who asked.',
    example: { given: ['people.invite'] },
    run: async (deps, caller) => {
      const people = peopleOf(deps);
      await noteReading(people, caller, 'people.listed');
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
    answer: { status: 200, schema: answeredPerson },
    problems: ['people.off', 'person.missing', 'busy'],
    audit: { action: 'person.read' },
    rateClass: 'read',
    sentence: 'Gives one person; `me` is who calls. The audit log has who asked for somebody else.',
    example: personPath.example,
    run: async (deps, caller, { path: { personId } }) => {
      const people = peopleOf(deps);
      const person = await findPerson(people, personIdOf(personId, caller));
      await noteReading(people, caller, 'person.read', person.id);
      return answerFor(people, person);
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
        schema: members({ roles: heldRoles().optional(), status: oneOf(['active', 'disabled'] as const).optional() }),
      },
    }),
    answer: { status: 200, schema: answeredPerson },
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
        schema: members({
          name: profile.name.optional(),
          locale: profile.locale.optional(),
          notifications: notifications().optional(),
        }),
      },
    }),
    answer: { status: 200, schema: answeredPerson },
    problems: ['people.off', 'person.missing', 'busy'],
    audit: { action: 'person.profile-updated' },
    rateClass: 'write',
    sentence:
      'Changes name, language and notifications of a person; everybody may change their own, as `me`. Kinds of mails that are not given stay as they are; at first all are on.',
    example: {
      ...personPath.example,
      body: { name: 'Jo Sample', locale: 'en-GB', notifications: { auditReport: false } },
    },
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
    id: 'people.transfer-ownership',
    methods: ['POST'],
    paths: ['/v1/people/:personId/ownership'],
    access: { permission: 'owners.write' },
    resource: 'people',
    input: () => ({ path: personPath.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: answeredPerson },
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

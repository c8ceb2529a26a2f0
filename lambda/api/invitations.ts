import { LIMITS } from '../contract/limits.ts';
import { acceptInvitation } from '../core/accounts/people/accept-invitation.ts';
import { findPerson, readProfile } from '../core/accounts/people/change-person.ts';
import { inviteAnew, invitePerson } from '../core/accounts/people/invite-person.ts';
import { defineOperation } from './operation.ts';
import {
  answeredInvitation,
  answerFor,
  heldRoles,
  peopleOf,
  personAnswer,
  personPath,
  profile,
} from './person-answers.ts';
import { members, oneLine } from './schemas/members.ts';
import { noAnswer, nothing } from './schemas/parameters.ts';

/** How people come in. */
export const invitationOperations = [
  defineOperation({
    id: 'people.invite',
    methods: ['POST'],
    paths: ['/v1/people'],
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
          roles: heldRoles(),
          locale: profile.locale.optional(),
        }),
      },
    }),
    answer: { status: 201, schema: answeredInvitation },
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
    id: 'people.invite-anew',
    methods: ['POST'],
    paths: ['/v1/people/:personId/invitation'],
    access: { permission: 'people.write' },
    resource: 'people',
    input: () => ({ path: personPath.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 201, schema: answeredInvitation },
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
      return { ...personAnswer(person, data), invitationToken: token, isMailed };
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
];

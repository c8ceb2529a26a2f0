import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { beginMailChange, confirmMailChange } from '../core/accounts/people/mail-change.ts';
import { defineOperation } from './operation.ts';
import { answeredPerson, answerFor, peopleOf, personIdOf, personPath } from './person-answers.ts';
import { answeredMoment, members, oneLine, says } from './schemas/members.ts';
import { nothing } from './schemas/parameters.ts';

const code = () => {
  const rule = says('the eight digits of the mail');
  return z.string(rule).regex(/^\d{8}$/, rule);
};

const GIVEN = ['people.invite', { id: 'people.accept', body: { token: '{{people.invite.invitationToken}}' } }] as const;
const PATH = { personId: '{{people.invite.id}}' };

/** How people get another mail address. */
export const mailChangeOperations = [
  defineOperation({
    id: 'people.change-mail',
    methods: ['POST'],
    paths: ['/v1/people/:personId/mail'],
    access: { permission: 'people.write', own: true },
    resource: 'people',
    input: () => ({
      path: personPath.schema(),
      query: nothing(),
      body: { kind: 'json', schema: members({ mail: oneLine(LIMITS.mailCharacters) }) },
    }),
    answer: { status: 202, schema: () => z.object({ endsAt: answeredMoment() }) },
    problems: ['people.off', 'person.missing', 'person.invalid', 'mail-change.tries', 'busy'],
    audit: { action: 'person.mail-change-begun' },
    rateClass: 'write',
    sentence:
      'Mails a code to the address that a person has and one to the address that they want; `me` is who calls. Nothing changes yet, and the answer is the same when somebody else has the address.',
    example: { given: GIVEN, path: PATH, body: { mail: 'jo.new@example.com' } },
    run: async (deps, caller, { path: { personId }, body }) => ({
      endsAt: await beginMailChange(peopleOf(deps), caller, personIdOf(personId, caller), body.mail),
    }),
  }),
  defineOperation({
    id: 'people.confirm-mail',
    methods: ['POST'],
    paths: ['/v1/people/:personId/mail/confirmation'],
    access: { permission: 'people.write', own: true },
    resource: 'people',
    input: () => ({
      path: personPath.schema(),
      query: nothing(),
      body: { kind: 'json', schema: members({ currentCode: code(), newCode: code() }) },
    }),
    answer: { status: 200, schema: answeredPerson },
    problems: ['people.off', 'person.missing', 'person.invalid', 'person.exists', 'mail-change.invalid', 'busy'],
    audit: { action: 'person.mail-changed' },
    rateClass: 'write',
    sentence:
      'Changes the mail address of a person by the codes of both mails, here and where they sign in. Their sessions go on.',
    // No answer has codes: they are in the mails.
    example: { given: GIVEN, path: PATH, body: { currentCode: '{{codes.currentCode}}', newCode: '{{codes.newCode}}' } },
    run: async (deps, caller, { path: { personId }, body }) => {
      const people = peopleOf(deps);
      return answerFor(people, await confirmMailChange(people, caller, personIdOf(personId, caller), body));
    },
  }),
];

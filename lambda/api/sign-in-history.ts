import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { findPerson } from '../core/accounts/people/change-person.ts';
import { noteReading } from '../core/accounts/people/note-reading.ts';
import { listSignIns, SIGN_IN_RESULTS } from '../core/accounts/sign-in-history/sign-in-history.ts';
import { BROWSERS, SYSTEMS } from '../core/accounts/sign-in-history/sign-in-sender.ts';
import { defineOperation } from './operation.ts';
import { peopleOf, personIdOf, personPath } from './person-answers.ts';
import { answeredMoment } from './schemas/members.ts';
import { nothing } from './schemas/parameters.ts';

const answered = () =>
  z.object({
    at: answeredMoment(),
    result: z.enum(SIGN_IN_RESULTS),
    network: z.string().optional(),
    browser: z.enum(BROWSERS),
    system: z.enum(SYSTEMS),
  });

/** When and from where people signed in. */
export const signInHistoryOperations = [
  defineOperation({
    id: 'sign-ins.list',
    methods: ['GET'],
    paths: ['/v1/people/:personId/sign-ins'],
    access: { permission: 'people.read', own: true },
    resource: 'sessions',
    input: () => ({ path: personPath.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(answered()) },
    problems: ['people.off', 'person.missing', 'busy'],
    audit: { action: 'sign-ins.listed' },
    rateClass: 'read',
    sentence: `Lists the last ${LIMITS.signInsListed} sign-ins of a person within ${LIMITS.signInDays} days, the newest first; \`me\` is who calls. The audit log has who asked for somebody else.`,
    example: personPath.example,
    run: async (deps, caller, { path: { personId } }) => {
      const people = peopleOf(deps);
      const person = await findPerson(people, personIdOf(personId, caller));
      await noteReading(people, caller, 'sign-ins.listed', person.id);
      return listSignIns(people, person);
    },
  }),
];

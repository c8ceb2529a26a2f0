import * as z from 'zod';
import { findPerson } from '../core/accounts/people/change-person.ts';
import { rightsOf } from '../core/accounts/people/held-roles.ts';
import { noteReading } from '../core/accounts/people/note-reading.ts';
import { endAllSessions, endSession, listSessions } from '../core/accounts/sessions/manage-sessions.ts';
import type { Session } from '../core/accounts/sessions/session.ts';
import { defineOperation } from './operation.ts';
import { peopleOf, personIdOf, personPath } from './person-answers.ts';
import { answeredBounds } from './schemas/bounds.ts';
import { answeredMoment } from './schemas/members.ts';
import { noAnswer, nothing, pathIds } from './schemas/parameters.ts';

const answered = () =>
  z.object({
    id: z.string(),
    createdAt: answeredMoment(),
    authenticatedAt: answeredMoment(),
    lastSeenAt: answeredMoment(),
  });

const answerOf = ({ personId: _, ...session }: Session) => session;

const SESSIONS = ['/v1/people/:personId/sessions'] as const;

/** Where a person is signed in, and what they may do. */
export const sessionOperations = [
  defineOperation({
    id: 'sessions.list',
    methods: ['GET'],
    paths: SESSIONS,
    access: { permission: 'people.read', own: true },
    resource: 'sessions',
    input: () => ({ path: personPath.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(answered()) },
    problems: ['people.off', 'person.missing', 'busy'],
    audit: { action: 'sessions.listed' },
    rateClass: 'read',
    sentence:
      'Lists the sessions of a person that have not ended, newest first; `me` is who calls. The audit log has who asked for somebody else.',
    example: personPath.example,
    run: async (deps, caller, { path: { personId } }) => {
      const people = peopleOf(deps);
      const { id } = await findPerson(people, personIdOf(personId, caller));
      await noteReading(people, caller, 'sessions.listed', id);
      return (await listSessions(people, id)).map(answerOf);
    },
  }),
  defineOperation({
    id: 'sessions.end-all',
    methods: ['DELETE'],
    paths: SESSIONS,
    access: { permission: 'people.write', own: true },
    resource: 'sessions',
    input: () => ({ path: personPath.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['people.off', 'person.missing', 'busy'],
    audit: { action: 'sessions.ended' },
    rateClass: 'write',
    sentence: 'Ends every session of a person: their next call is refused.',
    example: personPath.example,
    run: (deps, caller, { path: { personId } }) => endAllSessions(peopleOf(deps), caller, personIdOf(personId, caller)),
  }),
  defineOperation({
    id: 'sessions.end',
    methods: ['DELETE'],
    paths: ['/v1/people/:personId/sessions/:sessionId'],
    access: { permission: 'people.write', own: true },
    resource: 'sessions',
    input: () => ({ path: pathIds('personId', 'sessionId')(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['people.off', 'person.missing', 'session.missing', 'busy'],
    audit: { action: 'session.ended' },
    rateClass: 'write',
    sentence: 'Ends one session of a person: the next call with it is refused.',
    example: {
      given: ['people.invite', { id: 'people.accept', body: { token: '{{people.invite.invitationToken}}' } }],
      // A session begins by signing in, which no operation does.
      path: { personId: '{{people.invite.id}}', sessionId: '{{session.id}}' },
    },
    run: (deps, caller, { path: { personId, sessionId } }) =>
      endSession(peopleOf(deps), caller, personIdOf(personId, caller), sessionId),
  }),
  defineOperation({
    id: 'people.rights',
    methods: ['GET'],
    paths: ['/v1/people/:personId/rights'],
    access: { permission: 'people.read', own: true },
    resource: 'people',
    input: () => ({ path: personPath.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: {
      status: 200,
      schema: () =>
        z
          .array(
            z.object({
              permission: z.string(),
              allowed: z.boolean(),
              rules: z.array(z.object({ role: z.string(), ...answeredBounds() })).readonly(),
            }),
          )
          .readonly(),
    },
    problems: ['people.off', 'person.missing'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence:
      'Says of every permission whether a person has it, and by which of their roles, in which folders and with which URL endpoints.',
    example: personPath.example,
    run: async (deps, caller, { path: { personId } }) => {
      const people = peopleOf(deps);
      return rightsOf(people, await findPerson(people, personIdOf(personId, caller)));
    },
  }),
];

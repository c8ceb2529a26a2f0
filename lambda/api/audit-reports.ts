import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { REPORT_FREQUENCIES } from '../core/accounts/audit-reports/audit-report.ts';
import {
  createReport,
  deleteReport,
  listReports,
  updateReport,
} from '../core/accounts/audit-reports/manage-reports.ts';
import { AUDIT_ACTIONS } from '../core/audit/actions.ts';
import { defineOperation } from './operation.ts';
import { peopleOf } from './person-answers.ts';
import { answeredMoment, members, oneLine, oneOf, says } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';

const ID_CHARACTERS = 200;

const name = () => oneLine(LIMITS.auditReportNameCharacters);

const ids = (maximum: number, what: string) => {
  const rule = says(`a list of 1 to ${maximum} ${what}`);
  return z.array(oneLine(ID_CHARACTERS), rule).min(1, rule).max(maximum, rule);
};

const personIds = () => ids(LIMITS.auditReportReceivers, 'ids of people');
const callerIds = () => ids(LIMITS.auditReportCallers, 'ids of callers');

const actions = () => {
  const rule = says(`a list of 1 to ${AUDIT_ACTIONS.length} actions of the audit log`);
  return z.array(oneOf(AUDIT_ACTIONS), rule).min(1, rule).max(AUDIT_ACTIONS.length, rule);
};

const answered = () =>
  z.object({
    id: z.string(),
    name: z.string(),
    frequency: z.enum(REPORT_FREQUENCIES),
    personIds: z.array(z.string()).readonly(),
    actions: z.array(z.string()).readonly().optional(),
    callerIds: z.array(z.string()).readonly().optional(),
    createdAt: answeredMoment(),
    updatedAt: answeredMoment(),
    sentUntil: answeredMoment().meta({ description: 'End of the last period that was reported.' }).optional(),
  });

const MANY = ['/v1/audit/reports'] as const;
const ONE = ['/v1/audit/reports/:id'] as const;
const path = pathId('id', 'audit-reports.create', 'id');

/** Who may read the log decides who is told of it: nobody gets a report who could not read what it counts. */
const ACCESS = { permission: 'audit.read' } as const;

/** Reports of the audit log that are mailed. */
export const auditReportOperations = [
  defineOperation({
    id: 'audit-reports.create',
    methods: ['POST'],
    paths: MANY,
    access: ACCESS,
    resource: 'audit-reports',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          name: name(),
          frequency: oneOf(REPORT_FREQUENCIES),
          personIds: personIds(),
          actions: actions().optional(),
          callerIds: callerIds().optional(),
        }),
      },
    }),
    answer: { status: 201, schema: answered },
    problems: ['people.off', 'audit-report.invalid', 'busy'],
    audit: { action: 'audit-report.created' },
    rateClass: 'write',
    sentence:
      'Has people mailed what the audit log counts after each day, week or month of UTC: events by action and by who, refused attempts, and whether all is sealed. Who may not read the log when it is sent gets none.',
    example: {
      given: ['people.invite'],
      body: { name: 'Rights', frequency: 'weekly', personIds: ['{{people.invite.id}}'], actions: ['person.updated'] },
    },
    run: (deps, caller, { body }) => createReport(peopleOf(deps), caller, body),
  }),
  defineOperation({
    id: 'audit-reports.list',
    methods: ['GET'],
    paths: MANY,
    access: ACCESS,
    resource: 'audit-reports',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(answered()).readonly() },
    problems: ['people.off'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists the reports of the audit log that are mailed, oldest first.',
    example: { given: ['audit-reports.create'] },
    run: (deps) => listReports(peopleOf(deps)),
  }),
  defineOperation({
    id: 'audit-reports.update',
    methods: ['PATCH'],
    paths: ONE,
    access: ACCESS,
    resource: 'audit-reports',
    input: () => ({
      path: path.schema(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          name: name().optional(),
          frequency: oneOf(REPORT_FREQUENCIES).optional(),
          personIds: personIds().optional(),
          actions: actions().nullish(),
          callerIds: callerIds().nullish(),
        }),
      },
    }),
    answer: { status: 200, schema: answered },
    problems: ['people.off', 'audit-report.missing', 'audit-report.invalid', 'busy'],
    audit: { action: 'audit-report.updated' },
    rateClass: 'write',
    sentence:
      'Changes the given members of a report and leaves the others; `null` counts every action, or everybody’s.',
    example: { ...path.example, body: { frequency: 'daily', actions: null } },
    run: (deps, caller, { path: { id }, body }) => updateReport(peopleOf(deps), caller, id, body),
  }),
  defineOperation({
    id: 'audit-reports.delete',
    methods: ['DELETE'],
    paths: ONE,
    access: ACCESS,
    resource: 'audit-reports',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['people.off', 'audit-report.missing', 'busy'],
    audit: { action: 'audit-report.deleted' },
    rateClass: 'write',
    sentence: 'Ends a report; nobody is mailed by it any more.',
    example: path.example,
    run: (deps, caller, { path: { id } }) => deleteReport(peopleOf(deps), caller, id),
  }),
];

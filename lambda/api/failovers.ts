import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { DEFAULT_MINUTES, MOST_MINUTES } from '../core/protection/failover/failover.ts';
import { beginFailover, endFailover, listFailovers } from '../core/protection/failover/manage-failovers.ts';
import { defineOperation } from './operation.ts';
import { answeredMoment, members, oneLine, says, wholeNumber } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';

const failover = () => z.object({ region: z.string(), until: answeredMoment(), to: z.string().optional() });
const begun = () => failover().extend({ staysOut: z.array(z.string()).readonly().optional() });

const MANY = ['/v1/accounts/failovers'] as const;
const path = pathId('region', 'failovers.begin', 'region');

/** Regions that are declared down, by the API of another one. */
export const failoverOperations = [
  defineOperation({
    id: 'failovers.begin',
    methods: ['POST'],
    paths: MANY,
    access: { permission: 'endpoints.write' },
    resource: 'failovers',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          region: z.string(says('a region of the deployment, such as us-west-2')),
          minutes: wholeNumber(1, MOST_MINUTES).optional(),
          reason: oneLine(LIMITS.reasonCharacters),
        }),
      },
    }),
    answer: { status: 201, schema: begun },
    problems: ['failover.invalid', 'busy'],
    audit: { action: 'failover.begun' },
    rateClass: 'write',
    sentence: `Declares another region down for ${DEFAULT_MINUTES} minutes, or as many as are given: \`to\` answers for it from its copy, where there is one, and nobody waits for it. Endpoints that stay out (\`staysOut\`) are answered 503. It ends by itself.`,
    example: { body: { region: 'us-west-2', minutes: 30, reason: 'It does not answer' } },
    run: ({ failovers }, caller, { body }) => beginFailover(failovers, caller, body),
  }),
  defineOperation({
    id: 'failovers.list',
    methods: ['GET'],
    paths: MANY,
    access: { permission: 'endpoints.read' },
    resource: 'failovers',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(failover()) },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists the regions that are declared down.',
    example: { given: ['failovers.begin'] },
    run: ({ failovers }) => listFailovers(failovers),
  }),
  defineOperation({
    id: 'failovers.end',
    methods: ['DELETE'],
    paths: ['/v1/accounts/failovers/:region'],
    access: { permission: 'endpoints.write' },
    resource: 'failovers',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['failover.not-found', 'busy'],
    audit: { action: 'failover.ended' },
    rateClass: 'write',
    sentence: 'Says that a region is there again, before the end that was set.',
    example: path.example,
    run: ({ failovers }, caller, { path: { region } }) => endFailover(failovers, caller, region),
  }),
];

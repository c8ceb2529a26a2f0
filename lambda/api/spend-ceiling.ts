import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { liftCeiling, showCeiling } from '../core/protection/spend-ceiling/manage-spend-ceiling.ts';
import { defineOperation } from './operation.ts';
import { answeredMoment, members, oneLine } from './schemas/members.ts';
import { nothing } from './schemas/parameters.ts';

const ceiling = () =>
  z.object({
    dollars: z.number().meta({ description: 'US dollars a month; missing where there is no ceiling.' }).optional(),
    month: z.string(),
    until: answeredMoment().meta({ description: 'When the month ends, and with it what is said here.' }),
    isOver: z.boolean().meta({ description: 'Whether no new pictures are made.' }),
    reachedAt: answeredMoment().optional(),
    spent: z.number().meta({ description: 'US dollars that were spent by then.' }).optional(),
    liftedAt: answeredMoment().optional(),
  });

/** What the account may cost before no new pictures are made. */
export const spendCeilingOperations = [
  defineOperation({
    id: 'spend-ceiling.get',
    methods: ['GET'],
    paths: ['/v1/accounts/spend-ceiling'],
    access: { permission: 'usage.read' },
    resource: 'spend-ceiling',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: ceiling },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Answers the ceiling of spending, and whether it is reached or lifted in this month.',
    example: {},
    run: ({ spendCeiling }) => showCeiling(spendCeiling),
  }),
  defineOperation({
    id: 'spend-ceiling.lift',
    methods: ['POST'],
    paths: ['/v1/accounts/spend-ceiling/lift'],
    access: { permission: 'endpoints.write' },
    resource: 'spend-ceiling',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: { kind: 'json', schema: members({ reason: oneLine(LIMITS.reasonCharacters) }) },
    }),
    answer: { status: 200, schema: ceiling },
    problems: ['busy'],
    audit: { action: 'spend-ceiling.lifted' },
    rateClass: 'write',
    sentence: 'Has new pictures made until the month ends, whatever is spent.',
    example: { body: { reason: 'The campaign is worth it' } },
    run: ({ spendCeiling }, caller, { body }) => liftCeiling(spendCeiling, caller, body.reason),
  }),
];

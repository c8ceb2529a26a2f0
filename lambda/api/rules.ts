import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { createRule, deleteRule, getRule, listRules, updateRule } from '../core/protection/rules/manage-rules.ts';
import { MATCHER_TYPES } from '../core/protection/rules/rule.ts';
import { ruleAnswer } from '../core/protection/rules/rule-answer.ts';
import { defineOperation } from './operation.ts';
import { answeredMoment, members, moment, oneLine, oneOf, says } from './schemas/members.ts';
import { nothing, pathId } from './schemas/parameters.ts';

const EFFECTS = ['block', 'allow'] as const;

const scope = () =>
  z
    .string(says('global or the id of an endpoint'))
    .regex(/^[A-Za-z0-9_-]{1,64}$/, says('global or the id of an endpoint'));

const match = () =>
  members({
    type: oneOf(MATCHER_TYPES),
    values: z
      .array(z.string(says('text')), says(`a list of 1 to ${LIMITS.ruleValues} texts`))
      .min(1, says(`a list of 1 to ${LIMITS.ruleValues} texts`))
      .max(LIMITS.ruleValues, says(`a list of 1 to ${LIMITS.ruleValues} texts`)),
    withoutReferrer: oneOf(EFFECTS).optional(),
  });

const ruleInput = () =>
  members({
    scope: scope().optional(),
    effect: oneOf(EFFECTS),
    match: match(),
    reason: oneLine(LIMITS.reasonCharacters),
    author: oneLine(LIMITS.authorCharacters).optional(),
    startsAt: moment().nullish(),
    endsAt: moment().nullish(),
  });

const rule = () =>
  z.object({
    id: z.string(),
    scope: z.string(),
    effect: z.enum(EFFECTS),
    match: z.object({
      type: z.enum(MATCHER_TYPES),
      values: z.array(z.string()).readonly(),
      withoutReferrer: z.enum(EFFECTS).optional(),
    }),
    reason: z.string(),
    author: z.string(),
    startsAt: answeredMoment().optional(),
    endsAt: answeredMoment().optional(),
    createdAt: answeredMoment(),
    updatedAt: answeredMoment(),
    status: z.enum(['scheduled', 'spreading', 'active', 'ended']),
  });

const MANY = ['/v1/accounts/rules'] as const;
const ONE = ['/v1/accounts/rules/:ruleId'] as const;
const path = pathId('ruleId', 'rules.create', 'id');
const EXAMPLE = { effect: 'block', match: { type: 'country', values: ['KP'] }, reason: 'Embargo' };

/** Block and allow rules: one call, and requests are refused within a minute. */
export const ruleOperations = [
  defineOperation({
    id: 'rules.create',
    methods: ['POST'],
    paths: MANY,
    access: { permission: 'rules.write', withEndpoints: true },
    resource: 'rules',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'json', schema: ruleInput() } }),
    answer: { status: 201, schema: rule },
    problems: ['rule.invalid', 'rule.limit'],
    audit: { action: 'rule.created' },
    rateClass: 'write',
    sentence: 'Makes a rule that blocks or allows addresses, countries, referrers or URL patterns.',
    example: { body: EXAMPLE },
    run: async ({ rules, publish }, caller, { body }) => {
      const made = await createRule(rules, caller, body);
      await publish();
      return ruleAnswer(made, rules.clock());
    },
  }),
  defineOperation({
    id: 'rules.list',
    methods: ['GET'],
    paths: MANY,
    access: { permission: 'rules.read', withEndpoints: true },
    resource: 'rules',
    input: () => ({ path: nothing(), query: members({ scope: scope().optional() }), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(rule()) },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists the rules, oldest first; `scope` limits the list to one endpoint or to `global`.',
    example: { given: ['rules.create'], query: { scope: 'global' } },
    run: async ({ rules }, caller, { query }) => {
      const found = await listRules(rules, caller, query.scope);
      return found.map((one) => ruleAnswer(one, rules.clock()));
    },
  }),
  defineOperation({
    id: 'rules.get',
    methods: ['GET'],
    paths: ONE,
    access: { permission: 'rules.read', withEndpoints: true },
    resource: 'rules',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: rule },
    problems: ['rule.not-found'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives one rule.',
    example: path.example,
    run: async ({ rules }, caller, { path: { ruleId } }) =>
      ruleAnswer(await getRule(rules, caller, ruleId), rules.clock()),
  }),
  defineOperation({
    id: 'rules.update',
    methods: ['PUT', 'PATCH'],
    paths: ONE,
    access: { permission: 'rules.write', withEndpoints: true },
    resource: 'rules',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'json', schema: ruleInput() } }),
    answer: { status: 200, schema: rule },
    problems: ['rule.not-found', 'rule.invalid', 'rule.limit'],
    audit: { action: 'rule.updated' },
    rateClass: 'write',
    sentence: 'Replaces a rule; what the body leaves out has its default afterwards. The type of a rule never changes.',
    example: { ...path.example, body: { ...EXAMPLE, reason: 'Embargo, extended' } },
    run: async ({ rules, publish }, caller, { path: { ruleId }, body }) => {
      const changed = await updateRule(rules, caller, ruleId, body);
      await publish();
      return ruleAnswer(changed, rules.clock());
    },
  }),
  defineOperation({
    id: 'rules.delete',
    methods: ['DELETE'],
    paths: ONE,
    access: { permission: 'rules.write', withEndpoints: true },
    resource: 'rules',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: () => z.void() },
    problems: ['rule.not-found'],
    audit: { action: 'rule.deleted' },
    rateClass: 'write',
    sentence: 'Deletes a rule.',
    example: path.example,
    run: async ({ rules, publish }, caller, { path: { ruleId } }) => {
      await deleteRule(rules, caller, ruleId);
      await publish();
    },
  }),
];

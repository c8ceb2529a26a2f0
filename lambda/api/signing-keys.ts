import * as z from 'zod';
import {
  createSigningKey,
  endSigningKey,
  listSigningKeys,
  stateOf,
} from '../core/settings/signing-keys/manage-signing-keys.ts';
import { defineOperation } from './operation.ts';
import { answeredMoment, members, moment } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';

const STATES = ['active', 'pending', 'ended'] as const;

const listed = () =>
  z.object({
    id: z.string(),
    state: z.enum(STATES),
    createdAt: answeredMoment().optional(),
    startsAt: answeredMoment().optional(),
    endsAt: answeredMoment().optional(),
    lastUsedAt: answeredMoment().optional(),
  });

const made = () =>
  z.object({
    id: z.string(),
    key: z.string(),
    state: z.enum(STATES),
    createdAt: answeredMoment(),
    startsAt: answeredMoment().optional(),
    endsAt: answeredMoment().optional(),
  });

const MANY = ['/v1/accounts/signing-keys'] as const;
const path = pathId('keyId', 'signing-keys.create', 'id');

/** Keys that sign URLs beside the private key, so that a key can be changed while the old one still holds. */
export const signingKeyOperations = [
  defineOperation({
    id: 'signing-keys.create',
    methods: ['POST'],
    paths: MANY,
    access: { permission: 'signing-keys.write' },
    resource: 'signing-keys',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: { kind: 'json', schema: members({ startsAt: moment().optional(), endsAt: moment().optional() }) },
    }),
    answer: { status: 201, schema: made },
    problems: ['signing-key.invalid', 'signing-key.limit'],
    audit: { action: 'signing-key.created' },
    rateClass: 'write',
    sentence: 'Makes a key that signs URLs. The key is in this answer and in no other.',
    example: { body: { endsAt: '2099-12-31T23:59:00Z' } },
    run: async ({ signingKeys, publish }, caller, { body }) => {
      const key = await createSigningKey(signingKeys, caller, body);
      await publish();
      return { ...key, state: stateOf(key, signingKeys.clock()) };
    },
  }),
  defineOperation({
    id: 'signing-keys.list',
    methods: ['GET'],
    paths: MANY,
    access: { permission: 'signing-keys.read' },
    resource: 'signing-keys',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(listed()) },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists the keys that sign URLs, the private key first, each with its last use and without its secret.',
    example: { given: ['signing-keys.create'] },
    run: ({ signingKeys }) => listSigningKeys(signingKeys),
  }),
  defineOperation({
    id: 'signing-keys.delete',
    methods: ['DELETE'],
    paths: ['/v1/accounts/signing-keys/:keyId'],
    access: { permission: 'signing-keys.write' },
    resource: 'signing-keys',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['signing-key.not-found'],
    audit: { action: 'signing-key.ended' },
    rateClass: 'write',
    sentence: 'Ends a key: what it signed is refused from then on.',
    example: path.example,
    run: async ({ signingKeys, publish }, caller, { path: { keyId } }) => {
      await endSigningKey(signingKeys, caller, keyId);
      await publish();
    },
  }),
];

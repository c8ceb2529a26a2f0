import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { boundsOf } from '../core/accounts/policy.ts';
import { isAddressBlock } from '../core/accounts/restricted-keys/key-addresses.ts';
import { createKey, findKey, listKeys, revokeKey, rollKey } from '../core/accounts/restricted-keys/manage-keys.ts';
import type { RestrictedKey } from '../core/accounts/restricted-keys/restricted-key.ts';
import { KEY_ROLES } from '../core/accounts/restricted-keys/restricted-key.ts';
import type { Rights } from '../core/accounts/rights.ts';
import { grantOf } from '../core/accounts/rights.ts';
import { problem } from '../core/kernel/problems.ts';
import { defineOperation } from './operation.ts';
import { answeredBounds, bounds } from './schemas/bounds.ts';
import { answeredMoment, members, moment, oneLine, oneOf, says, wholeNumber } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';
import { permissions } from './schemas/permissions.ts';

const addresses = () => {
  const rule = says(
    `a list of 1 to ${LIMITS.keyAddresses} addresses or CIDR blocks, such as 192.0.2.0/24 or 2001:db8::/32`,
  );
  return z.array(z.string(rule).refine(isAddressBlock, rule), rule).min(1, rule).max(LIMITS.keyAddresses, rule);
};

const input = () =>
  members({
    name: oneLine(LIMITS.keyNameCharacters),
    role: oneOf(KEY_ROLES).optional(),
    permissions: permissions().optional(),
    ...bounds(),
    endsAt: moment().optional(),
    addresses: addresses().optional(),
  });

type KeyInput = z.infer<ReturnType<typeof input>>;

/** @throws Problem restricted-key.invalid */
function rightsOf({ role, permissions, ...given }: KeyInput): Rights {
  const bound = boundsOf(given);
  if (role !== undefined && permissions === undefined) return { role, ...bound };
  if (role === undefined && permissions !== undefined) return { permissions, ...bound };
  throw problem('restricted-key.invalid', 'A key must have exactly one of role and permissions.');
}

const listed = () =>
  z.object({
    id: z.string(),
    name: z.string(),
    start: z.string(),
    role: z.string().optional(),
    permissions: z.array(z.string()).readonly(),
    ...answeredBounds(),
    createdAt: answeredMoment(),
    endsAt: answeredMoment().optional(),
    addresses: z.array(z.string()).readonly().optional(),
    lastUsedOn: z.string().optional().meta({ description: 'The last day of a call, UTC.' }),
    replacedBy: z.string().optional(),
  });

const made = () => listed().extend({ key: z.string() });

/** Rights are told member by member, a role with what it allows now. */
const answerOf = <Key extends RestrictedKey>({ rights, ...key }: Key) => ({ ...key, ...grantOf(rights) });

const MANY = ['/v1/accounts/keys'] as const;
const ONE = ['/v1/accounts/keys/:keyId'] as const;
const path = pathId('keyId', 'keys.create', 'id');

/** Keys of the API that may do less than the private key. */
export const keyOperations = [
  defineOperation({
    id: 'keys.create',
    methods: ['POST'],
    paths: MANY,
    access: { permission: 'keys.write' },
    resource: 'keys',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'json', schema: input() } }),
    answer: { status: 201, schema: made },
    problems: ['restricted-key.invalid', 'restricted-key.limit', 'busy'],
    audit: { action: 'key.created' },
    rateClass: 'write',
    sentence:
      'Makes a key with a role or with some permissions, everywhere or in some folders and with some URL endpoints. The key is in this answer and in no other.',
    example: { body: { name: 'Newsroom import', permissions: ['files.upload', 'files.read'] } },
    run: async ({ keys }, caller, { body }) => {
      const { name, endsAt, addresses } = body;
      return answerOf(await createKey(keys, caller, { name, endsAt, addresses, rights: rightsOf(body) }));
    },
  }),
  defineOperation({
    id: 'keys.list',
    methods: ['GET'],
    paths: MANY,
    access: { permission: 'keys.read' },
    resource: 'keys',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(listed()) },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists the restricted keys, oldest first, each with its first characters and its permissions.',
    example: { given: ['keys.create'] },
    run: async ({ keys }) => (await listKeys(keys)).map((key) => answerOf(key)),
  }),
  defineOperation({
    id: 'keys.get',
    methods: ['GET'],
    paths: ONE,
    access: { permission: 'keys.read' },
    resource: 'keys',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: listed },
    problems: ['restricted-key.not-found'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives one restricted key, without its secret.',
    example: path.example,
    run: async ({ keys }, _, { path: { keyId } }) => answerOf((await findKey(keys, keyId)).key),
  }),
  defineOperation({
    id: 'keys.roll',
    methods: ['POST'],
    paths: ['/v1/accounts/keys/:keyId/roll'],
    access: { permission: 'keys.write' },
    resource: 'keys',
    input: () => ({
      path: path.schema(),
      query: nothing(),
      body: { kind: 'json', schema: members({ graceSeconds: wholeNumber(0, LIMITS.keyGraceSeconds) }) },
    }),
    answer: { status: 201, schema: made },
    problems: ['restricted-key.not-found', 'restricted-key.limit', 'busy'],
    audit: { action: 'key.rolled' },
    rateClass: 'write',
    sentence: 'Makes a key with the rights of another one, which ends after `graceSeconds`.',
    example: { ...path.example, body: { graceSeconds: 3600 } },
    run: async ({ keys }, caller, { path: { keyId }, body }) =>
      answerOf(await rollKey(keys, caller, keyId, body.graceSeconds)),
  }),
  defineOperation({
    id: 'keys.delete',
    methods: ['DELETE'],
    paths: ONE,
    access: { permission: 'keys.write' },
    resource: 'keys',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['restricted-key.not-found', 'busy'],
    audit: { action: 'key.revoked' },
    rateClass: 'write',
    sentence: 'Revokes a key: the next call with it is refused.',
    example: path.example,
    run: ({ keys }, caller, { path: { keyId } }) => revokeKey(keys, caller, keyId),
  }),
];

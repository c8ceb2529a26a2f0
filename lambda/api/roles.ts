import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { ROLE_NAMES } from '../contract/role-names.ts';
import { createRole, deleteRole, findRole, updateRole } from '../core/accounts/people/manage-roles.ts';
import { ROLES } from '../core/accounts/roles.ts';
import { defineOperation } from './operation.ts';
import { peopleOf } from './person-answers.ts';
import { answeredMoment, members, oneLine } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';
import { permissions } from './schemas/permissions.ts';

const answered = () =>
  z.object({
    id: z.string(),
    name: z.string(),
    permissions: z.array(z.string()).readonly(),
    createdAt: answeredMoment().optional(),
    isCustom: z.boolean(),
  });

/** Roles that every account has are known by their names. */
const builtIn = () =>
  ROLE_NAMES.map((name) => ({ id: name, name, permissions: ROLES[name] as readonly string[], isCustom: false }));

const custom = <Role extends object>(role: Role) => ({ ...role, isCustom: true });

const MANY = ['/v1/roles'] as const;
const ONE = ['/v1/roles/:roleId'] as const;
const path = pathId('roleId', 'roles.create', 'id');

/** What people may do, under a name. */
export const roleOperations = [
  defineOperation({
    id: 'roles.create',
    methods: ['POST'],
    paths: MANY,
    access: { permission: 'people.write' },
    resource: 'roles',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({ name: oneLine(LIMITS.roleNameCharacters), permissions: permissions() }),
      },
    }),
    answer: { status: 201, schema: answered },
    problems: ['people.off', 'role.invalid', 'role.limit', 'busy'],
    audit: { action: 'role.created' },
    rateClass: 'write',
    sentence:
      'Makes a role of some permissions, which people can hold everywhere, or in some folders and with some URL endpoints. Nobody gives what they lack.',
    example: { body: { name: 'Picture desk', permissions: ['files.read', 'files.upload', 'files.move'] } },
    run: async (deps, caller, { body }) => custom(await createRole(peopleOf(deps), caller, body)),
  }),
  defineOperation({
    id: 'roles.list',
    methods: ['GET'],
    paths: MANY,
    access: { permission: 'people.read' },
    resource: 'roles',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(answered()) },
    problems: ['people.off'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists the roles that every account has, then the custom ones, oldest first.',
    example: { given: ['roles.create'] },
    run: async (deps) => [...builtIn(), ...(await peopleOf(deps).customRoles.read()).roles.map(custom)],
  }),
  defineOperation({
    id: 'roles.get',
    methods: ['GET'],
    paths: ONE,
    access: { permission: 'people.read' },
    resource: 'roles',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: answered },
    problems: ['people.off', 'role.missing'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives one custom role.',
    example: path.example,
    run: async (deps, _, { path: { roleId } }) => custom(await findRole(peopleOf(deps), roleId)),
  }),
  defineOperation({
    id: 'roles.update',
    methods: ['PATCH'],
    paths: ONE,
    access: { permission: 'people.write' },
    resource: 'roles',
    input: () => ({
      path: path.schema(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          name: oneLine(LIMITS.roleNameCharacters).optional(),
          permissions: permissions().optional(),
        }),
      },
    }),
    answer: { status: 200, schema: answered },
    problems: ['people.off', 'role.missing', 'role.invalid', 'busy'],
    audit: { action: 'role.updated' },
    rateClass: 'write',
    sentence: 'Changes a custom role. Whoever holds it has the new permissions from their next call on.',
    example: { ...path.example, body: { permissions: ['files.read'] } },
    run: async (deps, caller, { path: { roleId }, body }) =>
      custom(await updateRole(peopleOf(deps), caller, roleId, body)),
  }),
  defineOperation({
    id: 'roles.delete',
    methods: ['DELETE'],
    paths: ONE,
    access: { permission: 'people.write' },
    resource: 'roles',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['people.off', 'role.missing', 'role.in-use', 'busy'],
    audit: { action: 'role.deleted' },
    rateClass: 'write',
    sentence: 'Removes a custom role that nobody holds.',
    example: path.example,
    run: (deps, caller, { path: { roleId } }) => deleteRole(peopleOf(deps), caller, roleId),
  }),
];

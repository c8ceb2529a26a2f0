import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import {
  createPathPolicy,
  deletePathPolicy,
  getPathPolicy,
  listPathPolicies,
  updatePathPolicy,
} from '../core/library/path-policies/manage-path-policies.ts';
import { readNewFolderPath } from '../core/library/tree/read-folder-path.ts';
import { defineOperation } from './operation.ts';
import { libraryPath } from './schemas/asset.ts';
import { fieldValue } from './schemas/field-value.ts';
import { answeredMoment, flag, members, oneLine, says } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';

const RULES = says(`a list of 1 to ${LIMITS.customFields} fields`);

const rule = () =>
  members({
    name: oneLine(LIMITS.fieldNameCharacters),
    isValueRequired: flag().optional(),
    readOnly: flag().optional(),
    defaultValue: fieldValue().optional(),
  });

const name = () => oneLine(LIMITS.fieldLabelCharacters);
const rules = () => z.array(rule(), RULES).min(1, RULES).max(LIMITS.customFields, RULES).readonly();

const policy = () =>
  z.object({
    ...{ id: z.string(), name: z.string(), folderPath: z.string() },
    fields: z
      .array(
        z.object({
          name: z.string(),
          isValueRequired: z.boolean().optional(),
          readOnly: z.boolean().optional(),
          defaultValue: fieldValue().optional(),
        }),
      )
      .readonly(),
    createdAt: answeredMoment(),
    updatedAt: answeredMoment(),
  });

const MANY = ['/v1/path-policies'] as const;
const ONE = ['/v1/path-policies/:id'] as const;
const path = pathId('id', 'path-policies.create', 'id');

const folderOf = (folderPath: string) => readNewFolderPath(folderPath, 'folderPath');

/** Of us: ImageKit has path policies in its dashboard only. */
export const pathPolicyOperations = [
  defineOperation({
    id: 'path-policies.create',
    methods: ['POST'],
    paths: MANY,
    access: { permission: 'fields.write' },
    resource: 'path-policies',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: { kind: 'json', schema: members({ name: name(), folderPath: libraryPath(), fields: rules() }) },
    }),
    answer: { status: 201, schema: policy },
    problems: ['path-policy.invalid', 'path-policy.taken', 'folder.invalid', 'busy'],
    audit: { action: 'path-policy.created' },
    rateClass: 'write',
    sentence: 'Says which custom metadata fields are meant in a folder and below, and how. A folder has at most one.',
    example: {
      given: ['fields.create'],
      body: {
        name: 'Press',
        folderPath: '/press-{{fields.create.id}}',
        fields: [{ name: '{{fields.create.name}}', isValueRequired: true, defaultValue: 'own' }],
      },
    },
    run: ({ pathPolicies }, caller, { body }) =>
      createPathPolicy(pathPolicies, caller, { ...body, folderPath: folderOf(body.folderPath) }),
  }),
  defineOperation({
    id: 'path-policies.list',
    methods: ['GET'],
    paths: MANY,
    access: { permission: 'fields.read' },
    resource: 'path-policies',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(policy()).readonly() },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists the path policies, oldest first.',
    example: { given: ['path-policies.create'] },
    run: ({ pathPolicies }) => listPathPolicies(pathPolicies),
  }),
  defineOperation({
    id: 'path-policies.get',
    methods: ['GET'],
    paths: ONE,
    access: { permission: 'fields.read' },
    resource: 'path-policies',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: policy },
    problems: ['path-policy.not-found'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives one path policy.',
    example: path.example,
    run: ({ pathPolicies }, _, { path: { id } }) => getPathPolicy(pathPolicies, id),
  }),
  defineOperation({
    id: 'path-policies.update',
    methods: ['PATCH', 'PUT'],
    paths: ONE,
    access: { permission: 'fields.write' },
    resource: 'path-policies',
    input: () => ({
      path: path.schema(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          name: name().optional(),
          folderPath: libraryPath().optional(),
          fields: rules().optional(),
        }),
      },
    }),
    answer: { status: 200, schema: policy },
    problems: ['path-policy.not-found', 'path-policy.invalid', 'path-policy.taken', 'folder.invalid', 'busy'],
    audit: { action: 'path-policy.updated' },
    rateClass: 'write',
    sentence: 'Changes the given members and leaves the others.',
    example: { ...path.example, body: { name: 'Press and partners' } },
    run: ({ pathPolicies }, caller, { path: { id }, body: { folderPath, ...others } }) =>
      updatePathPolicy(pathPolicies, caller, id, {
        ...others,
        ...(folderPath !== undefined && { folderPath: folderOf(folderPath) }),
      }),
  }),
  defineOperation({
    id: 'path-policies.delete',
    methods: ['DELETE'],
    paths: ONE,
    access: { permission: 'fields.write' },
    resource: 'path-policies',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['path-policy.not-found', 'busy'],
    audit: { action: 'path-policy.deleted' },
    rateClass: 'write',
    sentence: 'Deletes a path policy.',
    example: path.example,
    run: ({ pathPolicies }, caller, { path: { id } }) => deletePathPolicy(pathPolicies, caller, id),
  }),
];

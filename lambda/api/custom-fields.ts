import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { FIELD_TYPES } from '../core/library/custom-fields/custom-field.ts';
import { createField, deleteField, listFields, updateField } from '../core/library/custom-fields/manage-fields.ts';
import { fieldsInFolder, policyAgainst, policyWith } from '../core/library/path-policies/fields-in-folder.ts';
import { readFolderPath } from '../core/library/tree/read-folder-path.ts';
import { defineOperation } from './operation.ts';
import { libraryPath } from './schemas/asset.ts';
import { answeredSchema, fieldRules } from './schemas/field-schema.ts';
import { answeredMoment, members, oneLine, oneOf, queryFlag, says } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';

const NAME = says(`1 to ${LIMITS.fieldNameCharacters} letters, digits, _ and -`);
const TEXT = says(`text of at most ${LIMITS.fieldDescriptionCharacters} characters`);

const label = () => oneLine(LIMITS.fieldLabelCharacters);
const description = () => z.string(TEXT).max(LIMITS.fieldDescriptionCharacters, TEXT).optional();

const field = () =>
  z.object({
    id: z.string(),
    name: z.string(),
    label: z.string(),
    schema: answeredSchema(),
    description: z.string().optional(),
    createdAt: answeredMoment(),
    deletedAt: answeredMoment().optional(),
  });

const MANY = ['/v1/customMetadataFields'] as const;
const ONE = ['/v1/customMetadataFields/:fieldId'] as const;
const path = pathId('fieldId', 'fields.create', 'id');

/** ImageKit, "Custom metadata fields". */
export const customFieldOperations = [
  defineOperation({
    id: 'fields.create',
    methods: ['POST'],
    paths: MANY,
    access: { permission: 'fields.write' },
    resource: 'fields',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          name: z.string(NAME).regex(new RegExp(`^[A-Za-z0-9_-]{1,${LIMITS.fieldNameCharacters}}$`), NAME),
          label: label(),
          schema: members({ type: oneOf(FIELD_TYPES), ...fieldRules() }),
          description: description(),
        }),
      },
    }),
    answer: { status: 201, schema: field },
    problems: ['custom-field.invalid', 'custom-field.taken', 'custom-field.limit', 'busy'],
    audit: { action: 'field.created' },
    rateClass: 'write',
    sentence: 'Makes a custom metadata field, which files may have a value of.',
    example: {
      body: { name: 'licence', label: 'Licence', schema: { type: 'SingleSelect', selectOptions: ['own', 'stock'] } },
    },
    run: ({ fields }, caller, { body }) => createField(fields, caller, body),
  }),
  defineOperation({
    id: 'fields.list',
    methods: ['GET'],
    paths: MANY,
    access: { permission: 'fields.read' },
    resource: 'fields',
    input: () => ({
      path: nothing(),
      query: members({ includeDeleted: queryFlag().optional(), folderPath: libraryPath().optional() }),
      body: { kind: 'none' },
    }),
    answer: { status: 200, schema: () => z.array(field()).readonly() },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence:
      'Lists the custom metadata fields, with `includeDeleted=true` those that were deleted, too; with `folderPath` those that the path policy of the folder chooses, as it has them.',
    example: { given: ['fields.create'] },
    run: ({ fields, pathPolicies }, _, { query: { includeDeleted = false, folderPath } }) =>
      folderPath === undefined
        ? listFields(fields, includeDeleted)
        : fieldsInFolder(pathPolicies, readFolderPath(folderPath)),
  }),
  defineOperation({
    id: 'fields.update',
    methods: ['PATCH', 'PUT'],
    paths: ONE,
    access: { permission: 'fields.write' },
    resource: 'fields',
    input: () => ({
      path: path.schema(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          label: label().optional(),
          schema: members(fieldRules()).optional(),
          description: description(),
        }),
      },
    }),
    answer: { status: 200, schema: field },
    problems: ['custom-field.not-found', 'custom-field.invalid', 'custom-field.taken', 'busy'],
    audit: { action: 'field.updated' },
    rateClass: 'write',
    sentence: 'Changes the label, the rules or the description of a field. Its name and type never change.',
    example: { ...path.example, body: { schema: { selectOptions: ['own', 'stock', 'press'] } } },
    run: ({ fields, pathPolicies }, caller, { path: { fieldId }, body }) =>
      updateField({ ...fields, policyAgainst: policyAgainst(pathPolicies) }, caller, fieldId, body),
  }),
  defineOperation({
    id: 'fields.delete',
    methods: ['DELETE'],
    paths: ONE,
    access: { permission: 'fields.write' },
    resource: 'fields',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['custom-field.not-found', 'custom-field.invalid', 'busy'],
    audit: { action: 'field.deleted' },
    rateClass: 'write',
    sentence: 'Deletes a field. Its name is not free again, so that old values never turn up under a new field.',
    example: path.example,
    run: ({ fields, pathPolicies }, caller, { path: { fieldId } }) =>
      deleteField({ ...fields, policyWith: policyWith(pathPolicies) }, caller, fieldId),
  }),
];

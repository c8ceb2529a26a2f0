import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import {
  createSavedExtension,
  deleteSavedExtension,
  getSavedExtension,
  listSavedExtensions,
  updateSavedExtension,
} from '../core/library/saved-extensions/manage-saved-extensions.ts';
import { EXTENSION_NAMES } from '../core/library/saved-extensions/saved-extension.ts';
import { defineOperation } from './operation.ts';
import { extensionConfig } from './schemas/extension.ts';
import { answeredMoment, members, oneLine, says } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';

const TEXT = says(`text of at most ${LIMITS.fieldDescriptionCharacters} characters`);

const name = () => oneLine(LIMITS.fieldLabelCharacters);
const description = () => z.string(TEXT).max(LIMITS.fieldDescriptionCharacters, TEXT);

const saved = () =>
  z.object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    config: z.looseObject({ name: z.enum(EXTENSION_NAMES) }),
    createdAt: answeredMoment(),
    updatedAt: answeredMoment(),
  });

const MANY = ['/v1/saved-extensions'] as const;
const ONE = ['/v1/saved-extensions/:id'] as const;
const path = pathId('id', 'saved-extensions.create', 'id');

/** ImageKit, "Saved extensions". */
export const savedExtensionOperations = [
  defineOperation({
    id: 'saved-extensions.create',
    methods: ['POST'],
    paths: MANY,
    access: { permission: 'extensions.write' },
    resource: 'saved-extensions',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({ name: name(), description: description(), config: extensionConfig() }),
      },
    }),
    answer: { status: 201, schema: saved },
    problems: ['saved-extension.limit', 'busy'],
    audit: { action: 'extension.created' },
    rateClass: 'write',
    sentence:
      'Saves the options of an extension, so that uploads refer to them by `{"name":"saved-extension","id":"…"}`.',
    example: {
      body: {
        name: 'Clothes',
        description: 'Tags what is worn',
        config: {
          name: 'ai-tasks',
          tasks: [
            { type: 'select_tags', instruction: 'What is worn?', vocabulary: ['shirt', 'coat'], max_selections: 2 },
          ],
        },
      },
    },
    run: ({ savedExtensions }, caller, { body }) => createSavedExtension(savedExtensions, caller, body),
  }),
  defineOperation({
    id: 'saved-extensions.list',
    methods: ['GET'],
    paths: MANY,
    access: { permission: 'extensions.read' },
    resource: 'saved-extensions',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(saved()).readonly() },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists the saved extensions, oldest first.',
    example: { given: ['saved-extensions.create'] },
    run: ({ savedExtensions }) => listSavedExtensions(savedExtensions),
  }),
  defineOperation({
    id: 'saved-extensions.get',
    methods: ['GET'],
    paths: ONE,
    access: { permission: 'extensions.read' },
    resource: 'saved-extensions',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: saved },
    problems: ['saved-extension.not-found'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives one saved extension.',
    example: path.example,
    run: ({ savedExtensions }, _, { path: { id } }) => getSavedExtension(savedExtensions, id),
  }),
  defineOperation({
    id: 'saved-extensions.update',
    methods: ['PATCH', 'PUT'],
    paths: ONE,
    access: { permission: 'extensions.write' },
    resource: 'saved-extensions',
    input: () => ({
      path: path.schema(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          name: name().optional(),
          description: description().optional(),
          config: extensionConfig().optional(),
        }),
      },
    }),
    answer: { status: 200, schema: saved },
    problems: ['saved-extension.not-found', 'busy'],
    audit: { action: 'extension.updated' },
    rateClass: 'write',
    sentence: 'Changes the given members and leaves the others.',
    example: { ...path.example, body: { config: { name: 'aws-auto-tagging', minConfidence: 80, maxTags: 10 } } },
    run: ({ savedExtensions }, caller, { path: { id }, body }) =>
      updateSavedExtension(savedExtensions, caller, id, body),
  }),
  defineOperation({
    id: 'saved-extensions.delete',
    methods: ['DELETE'],
    paths: ONE,
    access: { permission: 'extensions.write' },
    resource: 'saved-extensions',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['saved-extension.not-found', 'busy'],
    audit: { action: 'extension.deleted' },
    rateClass: 'write',
    sentence: 'Deletes a saved extension.',
    example: path.example,
    run: ({ savedExtensions }, caller, { path: { id } }) => deleteSavedExtension(savedExtensions, caller, id),
  }),
];

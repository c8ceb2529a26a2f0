import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import {
  createNamed,
  getNamed,
  listNamed,
  removeNamed,
  updateNamed,
} from '../core/settings/named-transformations/manage-named-transformations.ts';
import type { NamedTransformation } from '../core/settings/named-transformations/named-transformation.ts';
import { defineOperation } from './operation.ts';
import { answeredMoment, flag, members, says } from './schemas/members.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';

const NAME = says('1 to 100 letters, digits and underscores');
const TEXT = says(`a transformation of 1 to ${LIMITS.namedTransformationCharacters} characters`);

const name = () => z.string(NAME).regex(/^\w{1,100}$/, NAME);
const transformation = () => z.string(TEXT).max(LIMITS.namedTransformationCharacters, TEXT).regex(/\S/, TEXT);

const named = () =>
  z.object({
    id: z.string(),
    name: z.string(),
    transformation: z.string(),
    enabled: z.boolean(),
    createdAt: answeredMoment(),
  });

const MANY = ['/v1/named-transformations'] as const;
const ONE = ['/v1/named-transformations/:id'] as const;
const path = pathId('id', 'named-transformations.create', 'id');

/** ImageKit, "Named transformations". */
export const namedTransformationOperations = [
  defineOperation({
    id: 'named-transformations.create',
    methods: ['POST'],
    paths: MANY,
    access: { permission: 'names.write' },
    resource: 'named-transformations',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({ name: name(), transformation: transformation(), enabled: flag().optional() }),
      },
    }),
    answer: { status: 201, schema: named },
    problems: ['name.invalid', 'name.taken', 'name.limit'],
    audit: { action: 'name.created' },
    rateClass: 'write',
    sentence: 'Gives a transformation a name: `n-thumbnail` in a URL then stands for all of it.',
    example: { body: { name: 'thumbnail', transformation: 'w-200,h-200,fo-auto' } },
    run: async ({ namedTransformations }, caller, { body }) =>
      toAnswer(await createNamed(namedTransformations, caller, body)),
  }),
  defineOperation({
    id: 'named-transformations.list',
    methods: ['GET'],
    paths: MANY,
    access: { permission: 'names.read' },
    resource: 'named-transformations',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(named()) },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists the named transformations by name.',
    example: { given: ['named-transformations.create'] },
    run: async ({ namedTransformations }) => (await listNamed(namedTransformations)).map(toAnswer),
  }),
  defineOperation({
    id: 'named-transformations.get',
    methods: ['GET'],
    paths: ONE,
    access: { permission: 'names.read' },
    resource: 'named-transformations',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: named },
    problems: ['name.not-found'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives one named transformation.',
    example: path.example,
    run: async ({ namedTransformations }, _, { path: { id } }) => toAnswer(await getNamed(namedTransformations, id)),
  }),
  defineOperation({
    id: 'named-transformations.update',
    methods: ['PATCH', 'PUT'],
    paths: ONE,
    access: { permission: 'names.write' },
    resource: 'named-transformations',
    input: () => ({
      path: path.schema(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          name: name().optional(),
          transformation: transformation().optional(),
          enabled: flag().optional(),
        }),
      },
    }),
    answer: { status: 200, schema: named },
    problems: ['name.not-found', 'name.invalid', 'name.taken'],
    audit: { action: 'name.updated' },
    rateClass: 'write',
    sentence: 'Changes the given members and leaves the others; what was made with the old meaning is purged.',
    example: { ...path.example, body: { transformation: 'w-240,h-240,fo-auto' } },
    run: async ({ namedTransformations }, caller, { path: { id }, body }) =>
      toAnswer(await updateNamed(namedTransformations, caller, id, body)),
  }),
  defineOperation({
    id: 'named-transformations.delete',
    methods: ['DELETE'],
    paths: ONE,
    access: { permission: 'names.write' },
    resource: 'named-transformations',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['name.not-found'],
    audit: { action: 'name.deleted' },
    rateClass: 'write',
    sentence: 'Deletes a named transformation and purges what was made with it.',
    example: path.example,
    run: ({ namedTransformations }, caller, { path: { id } }) => removeNamed(namedTransformations, caller, id),
  }),
];

const toAnswer = ({ revision: _, ...shown }: NamedTransformation) => shown;

import * as z from 'zod';
import {
  createOrigin,
  getOrigin,
  listOrigins,
  removeOrigin,
  updateOrigin,
} from '../core/settings/origins/manage-origins.ts';
import { originAnswer } from '../core/settings/origins/origin.ts';
import { defineOperation } from './operation.ts';
import { origin, originInput } from './schemas/origin.ts';
import { noAnswer, nothing, pathId } from './schemas/parameters.ts';

const MANY = ['/v1/accounts/origins'] as const;
const ONE = ['/v1/accounts/origins/:id'] as const;
const path = pathId('id', 'origins.create', 'id');
const EXAMPLE = { type: 'WEB_FOLDER', name: 'Shop', baseUrl: 'https://shop.example.com/pictures' };

/** Origins (ImageKit, "Origins"). What was given as a credential is in no answer. */
export const originOperations = [
  defineOperation({
    id: 'origins.create',
    methods: ['POST'],
    paths: MANY,
    access: { permission: 'origins.write' },
    resource: 'origins',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'json', schema: originInput() } }),
    answer: { status: 201, schema: origin },
    problems: ['origin.invalid', 'origin.limit'],
    audit: { action: 'origin.created' },
    rateClass: 'write',
    sentence: 'Adds an origin, a place that files are fetched from when the library does not have them.',
    example: { body: EXAMPLE },
    run: async ({ origins }, caller, { body }) => originAnswer(await createOrigin(origins, caller, body)),
  }),
  defineOperation({
    id: 'origins.list',
    methods: ['GET'],
    paths: MANY,
    access: { permission: 'origins.read' },
    resource: 'origins',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(origin()) },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists the origins, oldest first.',
    example: { given: ['origins.create'] },
    run: async ({ origins }) => (await listOrigins(origins)).map(originAnswer),
  }),
  defineOperation({
    id: 'origins.get',
    methods: ['GET'],
    paths: ONE,
    access: { permission: 'origins.read' },
    resource: 'origins',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: origin },
    problems: ['origin.not-found'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives one origin.',
    example: path.example,
    run: async ({ origins }, _, { path: { id } }) => originAnswer(await getOrigin(origins, id)),
  }),
  defineOperation({
    id: 'origins.update',
    methods: ['PUT', 'PATCH'],
    paths: ONE,
    access: { permission: 'origins.write' },
    resource: 'origins',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'json', schema: originInput() } }),
    answer: { status: 200, schema: origin },
    problems: ['origin.not-found', 'origin.invalid', 'origin.moved'],
    audit: { action: 'origin.updated' },
    rateClass: 'write',
    sentence: 'Replaces an origin, its type and credentials too; what endpoints deliver from it is purged.',
    example: { ...path.example, body: { ...EXAMPLE, keepOriginals: true } },
    run: async ({ origins }, caller, { path: { id }, body }) =>
      originAnswer(await updateOrigin(origins, caller, id, body)),
  }),
  defineOperation({
    id: 'origins.delete',
    methods: ['DELETE'],
    paths: ONE,
    access: { permission: 'origins.write' },
    resource: 'origins',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['origin.not-found', 'origin.in-use', 'origin.moved'],
    audit: { action: 'origin.deleted' },
    rateClass: 'write',
    sentence: 'Deletes an origin that no URL endpoint uses.',
    example: path.example,
    run: ({ origins }, caller, { path: { id } }) => removeOrigin(origins, caller, id),
  }),
];

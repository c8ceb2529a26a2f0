import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { fileById } from '../core/library/files/library-file.ts';
import { usesOf } from '../core/library/references/ask-before-delete.ts';
import { addReference, removeReference } from '../core/library/references/manage-references.ts';
import { defineOperation } from './operation.ts';
import { members, oneLine } from './schemas/members.ts';
import { noAnswer, nothing, pathId, pathIds } from './schemas/parameters.ts';
import { reference, referenceAnswer, referenceUrl, use, useAnswer } from './schemas/reference.ts';

const path = pathId('fileId', 'files.upload', 'fileId');
const PATHS = ['/v1/files/:fileId/references'] as const;

/** Of us: where files are used, which is asked about before one is deleted. */
export const referenceOperations = [
  defineOperation({
    id: 'references.list',
    methods: ['GET'],
    paths: PATHS,
    access: { permission: 'files.read', inFolders: true },
    resource: 'files',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(use()) },
    problems: ['file.missing', 'busy'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Lists where a file is used: in named transformations, and on pages that other systems registered.',
    example: path.example,
    run: async ({ references }, caller, { path: { fileId } }) => {
      const file = await fileById(references.store, caller, 'files.read', fileId);
      return (await usesOf(references, caller, file)).map(useAnswer);
    },
  }),
  defineOperation({
    id: 'references.create',
    methods: ['POST'],
    paths: PATHS,
    access: { permission: 'files.update', inFolders: true },
    resource: 'files',
    input: () => ({
      path: path.schema(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({ url: referenceUrl(), label: oneLine(LIMITS.referenceLabelCharacters) }),
      },
    }),
    answer: { status: 201, schema: reference },
    problems: ['file.missing', 'reference.limit', 'busy'],
    audit: { action: 'file.referenced' },
    rateClass: 'write',
    sentence:
      'Registers a page that shows a file, so that nobody deletes the file unasked; a URL that is registered already gets the new label.',
    example: { ...path.example, body: { url: 'https://shop.example.com/blog/spring', label: 'Blog: Spring' } },
    run: async ({ library }, caller, { path: { fileId }, body }) => ({
      fileId,
      ...referenceAnswer(await addReference(library, caller, { fileId, ...body })),
    }),
  }),
  defineOperation({
    id: 'references.delete',
    methods: ['DELETE'],
    paths: ['/v1/files/:fileId/references/:referenceId'],
    access: { permission: 'files.update', inFolders: true },
    resource: 'files',
    input: () => ({ path: pathIds('fileId', 'referenceId')(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 204, schema: noAnswer },
    problems: ['file.missing', 'reference.missing', 'busy'],
    audit: { action: 'file.reference-removed' },
    rateClass: 'write',
    sentence: 'Takes the reference of a page from a file that it shows no more.',
    example: {
      given: ['references.create'],
      path: { fileId: '{{references.create.fileId}}', referenceId: '{{references.create.id}}' },
    },
    run: async ({ library }, caller, { path: { fileId, referenceId } }) =>
      removeReference(library, caller, { fileId, referenceId }),
  }),
];

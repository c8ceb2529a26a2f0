import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import type { TrashedItem } from '../core/library/store/records.ts';
import { listTrash } from '../core/library/trash/list-trash.ts';
import { restoreTrashed } from '../core/library/trash/restore-trashed.ts';
import { defineOperation } from './operation.ts';
import { newName } from './schemas/asset.ts';
import { answeredMoment, members } from './schemas/members.ts';
import { nothing, pathId } from './schemas/parameters.ts';

const trashed = () =>
  z.object({
    id: z.string(),
    type: z.enum(['file', 'folder']),
    path: z.string(),
    trashedAt: answeredMoment(),
    trashedBy: z.string(),
  });

const path = pathId('id', 'files.upload', 'fileId');

/** Of us: ImageKit has no trash. */
export const trashOperations = [
  defineOperation({
    id: 'trash.list',
    methods: ['GET'],
    paths: ['/v1/trash'],
    access: { permission: 'trash.read', inFolders: true },
    resource: 'trash',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: () => z.array(trashed()) },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: `Lists files and folders of the last ${LIMITS.trashDays} days in the trash, the newest first.`,
    example: { given: ['files.delete'] },
    run: async ({ library }, caller) => (await listTrash(library, caller)).map(toAnswer),
  }),
  defineOperation({
    id: 'trash.restore',
    methods: ['POST'],
    paths: ['/v1/trash/:id/restore'],
    access: { permission: 'files.restore', inFolders: true },
    resource: 'trash',
    input: () => ({
      path: path.schema(),
      query: nothing(),
      body: { kind: 'json', schema: members({ name: newName().optional() }) },
    }),
    answer: { status: 200, schema: () => z.object({ path: z.string() }) },
    problems: ['trash.missing', 'trash.name-taken', 'upload.invalid-parameter', 'busy'],
    audit: { action: 'file.restored' },
    rateClass: 'write',
    sentence:
      'Takes a file or folder out of the trash, with its id, path, tags and versions; `name` gives it another name.',
    example: {
      given: ['files.upload', { id: 'files.delete-several', body: { fileIds: ['{{files.upload.fileId}}'] } }],
      path: { id: '{{files.upload.fileId}}' },
      body: {},
    },
    run: async ({ library }, caller, { path: { id }, body: { name } }) => ({
      path: await restoreTrashed(library, caller, { id, name }),
    }),
  }),
];

const toAnswer = ({ id, kind, path: where, trashedAt, trashedBy }: TrashedItem) => ({
  ...{ id, type: kind, trashedAt, trashedBy },
  path: where,
});

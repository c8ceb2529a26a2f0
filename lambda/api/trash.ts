import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { beginJob } from '../core/library/jobs/run-jobs.ts';
import type { TrashedItem } from '../core/library/store/records.ts';
import type { Confirmable } from '../core/library/trash/confirmation.ts';
import { deleteEverything, emptyTrash } from '../core/library/trash/empty-trash.ts';
import { listTrash } from '../core/library/trash/list-trash.ts';
import { restoreSeveral } from '../core/library/trash/restore-several.ts';
import { restoreTrashed } from '../core/library/trash/restore-trashed.ts';
import { answered, failedItems } from './bulk-answers.ts';
import type { ApiDeps } from './deps.ts';
import { defineOperation } from './operation.ts';
import { assetIds, newName } from './schemas/asset.ts';
import { answeredMoment, members, says } from './schemas/members.ts';
import { nothing, pathId } from './schemas/parameters.ts';

const trashed = () =>
  z.object({
    id: z.string(),
    type: z.enum(['file', 'folder']),
    path: z.string(),
    trashedAt: answeredMoment(),
    trashedBy: z.string(),
  });

/** Missing in the first call, which changes nothing and names the words. */
const confirmation = () =>
  members({ confirm: z.string(says('the words that a call without it names')).max(300).optional() });

const confirmed = () => z.object({ confirm: z.string(), jobId: z.string().optional() });

const path = pathId('id', 'files.upload', 'fileId');

/** A file in the trash. */
const TRASHED = {
  given: ['files.upload', { id: 'files.delete-several', body: { fileIds: ['{{files.upload.fileId}}'] } }],
} as const;

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
      ...TRASHED,
      path: { id: '{{files.upload.fileId}}' },
      body: {},
    },
    run: async ({ library }, caller, { path: { id }, body: { name } }) => ({
      path: await restoreTrashed(library, caller, { id, name }),
    }),
  }),
  defineOperation({
    id: 'trash.restore-several',
    methods: ['POST'],
    paths: ['/v1/trash/restore'],
    access: { permission: 'files.restore', inFolders: true },
    resource: 'trash',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: { kind: 'json', schema: members({ ids: assetIds(LIMITS.itemsRestoredAtOnce) }) },
    }),
    answer: {
      status: 200,
      otherStatuses: [207],
      schema: () => z.object({ successfullyRestoredIds: z.array(z.string()).readonly(), errors: failedItems() }),
    },
    problems: ['trash.missing', 'busy'],
    audit: { action: 'file.restored' },
    rateClass: 'write',
    sentence: `Takes up to ${LIMITS.itemsRestoredAtOnce} files and folders out of the trash; if one is not there, none of them. One whose name is taken meanwhile fails for itself.`,
    example: { ...TRASHED, body: { ids: ['{{files.upload.fileId}}'] } },
    run: async ({ library }, caller, { body: { ids } }) => {
      const restored = await restoreSeveral(library, caller, ids);
      return answered(restored, { successfullyRestoredIds: restored.changed }, 'id');
    },
  }),
  defineOperation({
    id: 'trash.empty',
    methods: ['POST'],
    paths: ['/v1/trash/empty'],
    access: { permission: 'trash.empty', inFolders: true },
    resource: 'trash',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'json', schema: confirmation() } }),
    answer: { status: 200, schema: confirmed },
    problems: ['confirmation.differs', 'busy'],
    audit: { action: 'trash.emptied' },
    rateClass: 'write',
    sentence:
      'Begins to delete what is in the trash now, so that no byte of it is left; a call without `confirm` changes nothing and names the words, `delete 12 items`.',
    example: { body: {} },
    run: async ({ library }, caller, { body: { confirm } }) =>
      begin(library, await emptyTrash(library, caller, confirm)),
  }),
  defineOperation({
    id: 'library.delete',
    methods: ['POST'],
    paths: ['/v1/library/delete'],
    access: { permission: 'library.delete' },
    resource: 'trash',
    input: () => ({ path: nothing(), query: nothing(), body: { kind: 'json', schema: confirmation() } }),
    answer: { status: 200, schema: confirmed },
    problems: ['confirmation.differs', 'busy'],
    audit: { action: 'library.deleted' },
    rateClass: 'write',
    sentence:
      'Begins to delete every file and folder, all versions and the trash, so that no byte of them is left; a call without `confirm` changes nothing and names the words, `delete everything in` and the media host.',
    example: { body: {} },
    run: async ({ library, account }, caller, { body: { confirm } }) => {
      const deployment = await account.mediaHost();
      return begin(library, await deleteEverything(library, caller, { given: confirm, deployment }));
    },
  }),
];

async function begin(library: ApiDeps['library'], { confirm, job }: Confirmable) {
  if (!job) return { confirm };
  await beginJob(library, job);
  return { confirm, jobId: job.jobId };
}

const toAnswer = ({ id, kind, path: where, trashedAt, trashedBy }: TrashedItem) => ({
  ...{ id, type: kind, trashedAt, trashedBy },
  path: where,
});

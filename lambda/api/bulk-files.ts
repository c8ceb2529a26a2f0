import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { problem } from '../core/kernel/problems.ts';
import { changeFiles } from '../core/library/files/change-files.ts';
import { moveFileById } from '../core/library/files/move-file.ts';
import type { FileUpdate } from '../core/library/files/update-file.ts';
import { updateFile } from '../core/library/files/update-file.ts';
import { beginJobs } from '../core/library/jobs/run-jobs.ts';
import { askBeforeDelete } from '../core/library/references/ask-before-delete.ts';
import type { LibraryJob } from '../core/library/store/library-job.ts';
import { endFile } from '../core/library/trash/delete-forever.ts';
import { trashFile } from '../core/library/trash/trash-file.ts';
import { ensureFolder } from '../core/library/tree/ensure-folder.ts';
import { readNewFolderPath } from '../core/library/tree/read-folder-path.ts';
import { answered, failures, ONE_FILE } from './bulk-answers.ts';
import { defineOperation } from './operation.ts';
import { fileIds, libraryPath } from './schemas/asset.ts';
import { flag, members } from './schemas/members.ts';
import { nothing } from './schemas/parameters.ts';

const deleted = () => z.object({ successfullyDeletedFileIds: z.array(z.string()).readonly(), errors: failures() });
const moved = () => z.object({ successfullyMovedFileIds: z.array(z.string()).readonly(), errors: failures() });
const updated = () => z.object({ successfullyUpdatedFileIds: z.array(z.string()).readonly(), errors: failures() });
const purged = () => z.object({ successfullyPurgedFileIds: z.array(z.string()).readonly(), errors: failures() });

/** @throws Problem file.invalid when nothing is to be changed */
function readVisibility({ isPrivateFile, isPublished }: Visibility): FileUpdate {
  if (isPrivateFile === undefined && isPublished === undefined) {
    throw problem('file.invalid', 'isPrivateFile or isPublished must be given.');
  }
  return {
    ...(isPrivateFile !== undefined && { isPrivate: isPrivateFile }),
    ...(isPublished !== undefined && { isPublished }),
  };
}

interface Visibility {
  readonly isPrivateFile?: boolean | undefined;
  readonly isPublished?: boolean | undefined;
}

/** ImageKit, "Delete multiple files", and our own beside it. One unknown id, and nothing is done. */
export const bulkFileOperations = [
  defineOperation({
    id: 'files.delete-several',
    methods: ['POST'],
    paths: ['/v1/files/batch/deleteByFileIds'],
    access: { permission: 'files.delete', inFolders: true },
    resource: 'files',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({ fileIds: fileIds(LIMITS.filesDeletedAtOnce), force: flag().optional() }),
      },
    }),
    answer: { status: 200, otherStatuses: [207], schema: deleted },
    problems: ['file.missing', 'file.invalid', 'file.referenced', 'busy'],
    audit: { action: 'file.trashed' },
    rateClass: 'write',
    sentence: `Puts up to ${LIMITS.filesDeletedAtOnce} files into the trash; if one is not there, none of them, and none without \`force\` if one is used.`,
    example: ONE_FILE,
    run: async ({ library, references }, caller, { body }) => {
      const input = { fileIds: body.fileIds, limit: LIMITS.filesDeletedAtOnce };
      const ask = body.force ? undefined : askBeforeDelete(references, caller);
      const changed = await changeFiles(
        library,
        caller,
        input,
        (fileId) => trashFile(library, caller, { fileId, ask }),
        async (files) => ask?.({ files }),
      );
      return answered(changed, { successfullyDeletedFileIds: changed.changed });
    },
  }),
  defineOperation({
    id: 'files.move-several',
    methods: ['POST'],
    paths: ['/v1/files/batch/moveByFileIds'],
    access: { permission: 'files.move', inFolders: true },
    resource: 'files',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({ fileIds: fileIds(LIMITS.filesMovedAtOnce), destinationPath: libraryPath() }),
      },
    }),
    answer: { status: 200, otherStatuses: [207], schema: moved },
    problems: ['file.missing', 'file.invalid', 'folder.invalid', 'busy'],
    audit: { action: 'file.moved' },
    rateClass: 'write',
    sentence: `Moves up to ${LIMITS.filesMovedAtOnce} files with their versions into a folder; if one is not there, none of them. Unlike \`files.move\` it makes no file a version of another: one whose name is taken fails for itself. Ours.`,
    example: { ...ONE_FILE, body: { ...ONE_FILE.body, destinationPath: '/archive' } },
    run: async ({ library }, caller, { body }) => {
      const input = { fileIds: body.fileIds, limit: LIMITS.filesMovedAtOnce };
      const destination = readNewFolderPath(body.destinationPath, 'destinationPath');
      const changed = await changeFiles(
        library,
        caller,
        input,
        (fileId) => moveFileById(library, caller, { fileId, destination }),
        () => ensureFolder(library, caller, 'files.move', destination),
      );
      return answered(changed, { successfullyMovedFileIds: changed.changed });
    },
  }),
  defineOperation({
    id: 'files.update-several',
    methods: ['POST'],
    paths: ['/v1/files/batch/updateByFileIds'],
    access: { permission: 'files.update', inFolders: true },
    resource: 'files',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          fileIds: fileIds(LIMITS.filesUpdatedAtOnce),
          isPrivateFile: flag().optional(),
          isPublished: flag().optional(),
        }),
      },
    }),
    answer: { status: 200, otherStatuses: [207], schema: updated },
    problems: ['file.missing', 'file.invalid', 'busy'],
    audit: { action: 'file.updated' },
    rateClass: 'write',
    sentence: `Makes up to ${LIMITS.filesUpdatedAtOnce} files private or public, published or drafts; if one is not there, none of them. Ours.`,
    example: { ...ONE_FILE, body: { ...ONE_FILE.body, isPublished: false } },
    run: async ({ library }, caller, { body: { fileIds: ids, ...visibility } }) => {
      const update = readVisibility(visibility);
      const input = { fileIds: ids, limit: LIMITS.filesUpdatedAtOnce };
      const changed = await changeFiles(library, caller, input, (fileId) =>
        updateFile(library, caller, { fileId, update }),
      );
      return answered(changed, { successfullyUpdatedFileIds: changed.changed });
    },
  }),
  defineOperation({
    id: 'files.purge-several',
    methods: ['POST'],
    paths: ['/v1/files/batch/purgeByFileIds'],
    access: { permission: 'files.purge', inFolders: true },
    resource: 'files',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({ fileIds: fileIds(LIMITS.filesDeletedAtOnce), force: flag().optional() }),
      },
    }),
    answer: { status: 200, otherStatuses: [207], schema: purged },
    problems: ['file.missing', 'file.invalid', 'file.referenced', 'busy'],
    audit: { action: 'file.ended' },
    rateClass: 'write',
    sentence: `Deletes up to ${LIMITS.filesDeletedAtOnce} files for ever: they are delivered nowhere from the answer on, and no byte of them is left some minutes later. If one is not there, none of them, and none without \`force\` if one is used. Ours.`,
    example: ONE_FILE,
    run: async ({ library, references }, caller, { body }) => {
      const input = { fileIds: body.fileIds, limit: LIMITS.filesDeletedAtOnce };
      const ask = body.force ? undefined : askBeforeDelete(references, caller);
      const jobs: LibraryJob[] = [];
      const changed = await changeFiles(
        library,
        caller,
        input,
        async (fileId) => void jobs.push(await endFile(library, caller, { fileId, ask })),
        async (files) => ask?.({ files }),
      );
      await beginJobs(library, jobs);
      return answered(changed, { successfullyPurgedFileIds: changed.changed });
    },
  }),
];

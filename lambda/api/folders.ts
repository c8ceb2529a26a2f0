import { LIMITS } from '../contract/limits.ts';
import { createFolder } from '../core/library/folders/create-folder.ts';
import { requireNode } from '../core/library/folders/move-folder.ts';
import { restrictFolder } from '../core/library/folders/restrict-folder.ts';
import { beginJob } from '../core/library/jobs/run-jobs.ts';
import { askBeforeDelete } from '../core/library/references/ask-before-delete.ts';
import { trashFolder } from '../core/library/trash/trash-folder.ts';
import { folderByPath } from '../core/library/tree/folder-access.ts';
import { readFolderName, readFolderPath, readNewFolderPath } from '../core/library/tree/read-folder-path.ts';
import { folderAnswer } from './asset-answers.ts';
import { defineOperation } from './operation.ts';
import { folder, libraryPath, newName } from './schemas/asset.ts';
import { flag, members } from './schemas/members.ts';
import { noAnswer, nothing } from './schemas/parameters.ts';

const PATHS = ['/v1/folder'] as const;

/** ImageKit, "Create folder", "Delete folder". */
export const folderOperations = [
  defineOperation({
    id: 'folders.create',
    methods: ['POST'],
    paths: PATHS,
    access: { permission: 'folders.create', inFolders: true },
    resource: 'folders',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: { kind: 'json', schema: members({ folderName: newName(), parentFolderPath: libraryPath() }) },
    }),
    answer: { status: 201, schema: folder },
    problems: ['folder.invalid', 'busy'],
    reasons: { 'folder.invalid': 'INVALID_FOLDER_PATH' },
    audit: { action: 'folder.created' },
    rateClass: 'write',
    sentence: 'Makes a folder and what is missing above it; one that is there already stays as it is.',
    example: {
      given: ['files.upload'],
      body: { folderName: 'spring-{{files.upload.fileId}}', parentFolderPath: '/campaigns' },
    },
    run: async ({ library }, caller, { body: { folderName, parentFolderPath } }) => {
      const parentPath = readNewFolderPath(parentFolderPath, 'parentFolderPath');
      const made = await createFolder(library, caller, { parentPath, name: readFolderName(folderName) });
      return folderAnswer(await requireNode(library, made), made.path);
    },
  }),
  defineOperation({
    id: 'folders.update',
    methods: ['PATCH'],
    paths: PATHS,
    access: { permission: 'folders.restrict', inFolders: true },
    resource: 'folders',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: { kind: 'json', schema: members({ folderPath: libraryPath(), isPrivate: flag() }) },
    }),
    answer: { status: 200, schema: folder },
    problems: ['folder.missing', 'folder.is-root', 'busy'],
    audit: { action: 'folder.restricted' },
    rateClass: 'write',
    sentence: 'Makes a folder private with everything below it, or no longer; it holds at once.',
    example: { given: ['folders.create'], body: { folderPath: '{{folders.create.folderPath}}', isPrivate: true } },
    run: async ({ library }, caller, { body: { folderPath, isPrivate } }) => {
      const path = readFolderPath(folderPath);
      const job = await restrictFolder(library, caller, { folder: path, isPrivate });
      if (job) await beginJob(library, job);
      const found = await folderByPath(library.store, caller, 'folders.restrict', path);
      return folderAnswer(await requireNode(library, found), path);
    },
  }),
  defineOperation({
    id: 'folders.delete',
    methods: ['DELETE'],
    paths: PATHS,
    access: { permission: 'folders.delete', inFolders: true },
    resource: 'folders',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: { kind: 'json', schema: members({ folderPath: libraryPath(), force: flag().optional() }) },
    }),
    answer: { status: 204, schema: noAnswer },
    problems: ['folder.missing', 'folder.is-root', 'file.referenced', 'busy'],
    reasons: { 'folder.missing': 'FOLDER_NOT_FOUND' },
    audit: { action: 'folder.trashed' },
    rateClass: 'write',
    sentence: `Puts a folder with everything in it into the trash for ${LIMITS.trashDays} days; one with a file that is used needs \`force\`.`,
    example: { given: ['folders.create'], body: { folderPath: '{{folders.create.folderPath}}' } },
    run: async ({ library, references }, caller, { body: { folderPath, force } }) => {
      const ask = force ? undefined : askBeforeDelete(references, caller);
      await beginJob(library, await trashFolder(library, caller, readFolderPath(folderPath), ask));
    },
  }),
];

import * as z from 'zod';
import { requirePermission } from '../core/accounts/policy.ts';
import { joinPath, sanitiseName } from '../core/library/asset-path.ts';
import { copyFile } from '../core/library/files/copy-file.ts';
import { moveFile, renameFile } from '../core/library/files/move-file.ts';
import { readFilePath } from '../core/library/files/read-path.ts';
import { movedAway } from '../core/library/references/ask-before-delete.ts';
import { readNewFolderPath } from '../core/library/tree/read-folder-path.ts';
import { purgeAssets } from '../core/purge/purge-assets.ts';
import { defineOperation } from './operation.ts';
import { libraryPath, newName, warned, warnings } from './schemas/asset.ts';
import { flag, members } from './schemas/members.ts';
import { noAnswer, nothing } from './schemas/parameters.ts';

const REASONS = {
  'file.missing': 'SOURCE_FILE_MISSING',
  'file.same-place': 'SAME_SOURCE_AND_DESTINATION',
  'file.version-limit': 'VERSION_LIMIT_EXCEEDED',
  'folder.invalid': 'INVALID_FOLDER_PATH',
  'input.invalid': 'INVALID_PARAMETER',
} as const;

const GIVEN = { given: ['files.upload'] } as const;

/** ImageKit, "Copy file", "Move file", "Rename file". */
export const filePlaceOperations = [
  defineOperation({
    id: 'files.copy',
    methods: ['POST'],
    paths: ['/v1/files/copy'],
    access: { permission: 'files.copy', inFolders: true },
    resource: 'files',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          sourceFilePath: libraryPath(),
          destinationPath: libraryPath(),
          includeFileVersions: flag().optional(),
        }),
      },
    }),
    answer: { status: 204, schema: noAnswer },
    problems: ['file.missing', 'file.invalid', 'file.same-place', 'file.version-limit', 'folder.invalid', 'busy'],
    reasons: REASONS,
    audit: { action: 'file.copied' },
    rateClass: 'write',
    sentence: 'Copies a file into a folder; onto a file of its name as more of its versions.',
    example: { ...GIVEN, body: { sourceFilePath: '{{files.upload.filePath}}', destinationPath: '/archive' } },
    run: async ({ library }, caller, { body: { sourceFilePath, destinationPath, includeFileVersions = false } }) => {
      const source = readFilePath(sourceFilePath, 'sourceFilePath');
      const destination = readNewFolderPath(destinationPath, 'destinationPath');
      await copyFile(library, caller, { source, destination, withVersions: includeFileVersions });
    },
  }),
  defineOperation({
    id: 'files.move',
    methods: ['POST'],
    paths: ['/v1/files/move'],
    access: { permission: 'files.move', inFolders: true },
    resource: 'files',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: { kind: 'json', schema: members({ sourceFilePath: libraryPath(), destinationPath: libraryPath() }) },
    }),
    answer: { status: 204, schema: noAnswer },
    problems: ['file.missing', 'file.invalid', 'file.same-place', 'file.version-limit', 'folder.invalid', 'busy'],
    reasons: REASONS,
    audit: { action: 'file.moved' },
    rateClass: 'write',
    sentence: 'Moves a file with its versions into a folder; onto a file of its name as more of its versions.',
    example: { ...GIVEN, body: { sourceFilePath: '{{files.upload.filePath}}', destinationPath: '/archive' } },
    run: async ({ library }, caller, { body: { sourceFilePath, destinationPath } }) => {
      const source = readFilePath(sourceFilePath, 'sourceFilePath');
      const destination = readNewFolderPath(destinationPath, 'destinationPath');
      await moveFile(library, caller, { source, destination });
    },
  }),
  defineOperation({
    id: 'files.rename',
    methods: ['PUT'],
    paths: ['/v1/files/rename'],
    access: { permission: 'files.move', inFolders: true },
    resource: 'files',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({ filePath: libraryPath(), newFileName: newName(), purgeCache: flag().optional() }),
      },
    }),
    answer: { status: 200, schema: () => z.object({ purgeRequestId: z.string().optional(), ...warned() }) },
    problems: ['file.missing', 'file.invalid', 'file.exists', 'file.same-name', 'upload.invalid-parameter', 'busy'],
    reasons: {
      'file.missing': 'FILE_MISSING',
      'file.exists': 'FILE_ALREADY_EXISTS',
      'file.same-name': 'SAME_OLD_AND_NEW_NAME',
      'input.invalid': 'INVALID_PARAMETER',
    },
    audit: { action: 'file.moved' },
    rateClass: 'write',
    sentence:
      'Gives a file with its versions another name; `purgeCache` tells by an id when the old URLs are purged, `warnings` which settings still name the old path.',
    example: {
      ...GIVEN,
      body: { filePath: '{{files.upload.filePath}}', newFileName: 'front-{{files.upload.fileId}}.gif' },
    },
    run: async ({ library, purges, references }, caller, { body: { filePath, newFileName, purgeCache } }) => {
      if (purgeCache) requirePermission(caller, 'cache.purge');
      const source = readFilePath(filePath, 'filePath');
      await renameFile(library, caller, { source, newName: sanitiseName(newFileName) });
      const prefix = joinPath(source.folderPath, source.name);
      const warning = warnings(await movedAway(references, caller, prefix));
      if (!purgeCache) return warning;
      return { ...warning, purgeRequestId: await purgeAssets(purges, caller, { kind: 'prefix', prefix }) };
    },
  }),
];

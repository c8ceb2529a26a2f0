import * as z from 'zod';
import { requirePermission } from '../core/accounts/policy.ts';
import { copyFolder } from '../core/library/folders/copy-folder.ts';
import { moveFolder, renameFolder } from '../core/library/folders/move-folder.ts';
import { beginJob } from '../core/library/jobs/run-jobs.ts';
import { movedAway } from '../core/library/references/ask-before-delete.ts';
import type { LibraryJob } from '../core/library/store/library-job.ts';
import { readFolderName, readFolderPath, readNewFolderPath } from '../core/library/tree/read-folder-path.ts';
import type { ApiDeps } from './deps.ts';
import { defineOperation } from './operation.ts';
import { libraryPath, newName, warned, warnings } from './schemas/asset.ts';
import { flag, members } from './schemas/members.ts';
import { nothing } from './schemas/parameters.ts';

const begun = () => z.object({ jobId: z.string() });
const moved = () => z.object({ jobId: z.string(), ...warned() });

const REASONS = {
  'folder.missing': 'NO_FILES_FOLDER',
  'folder.invalid': 'INVALID_FOLDER_PATH',
  'folder.is-root': 'SOURCE_IS_ROOT',
  'folder.into-itself': 'INVALID_DESTINATION_PATH',
  'file.same-place': 'SAME_SOURCE_AND_DESTINATION',
  'input.invalid': 'INVALID_PARAMETER',
} as const;

const PROBLEMS = [
  'folder.missing',
  'folder.invalid',
  'folder.is-root',
  'folder.into-itself',
  'file.same-place',
  'busy',
] as const;

const EXAMPLE = {
  given: ['folders.create'],
  body: {
    sourceFolderPath: '{{folders.create.folderPath}}',
    destinationPath: '/archive/{{folders.create.folderId}}',
  },
};

/** ImageKit, "Copy folder", "Move folder", "Rename folder". */
export const folderPlaceOperations = [
  defineOperation({
    id: 'folders.copy',
    methods: ['POST'],
    paths: ['/v1/bulkJobs/copyFolder'],
    access: { permission: 'files.copy', inFolders: true },
    resource: 'folders',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          sourceFolderPath: libraryPath(),
          destinationPath: libraryPath(),
          includeVersions: flag().optional(),
          // SDK 6 calls it so.
          includeFileVersions: flag().optional(),
        }),
      },
    }),
    answer: { status: 200, schema: begun },
    problems: PROBLEMS,
    reasons: REASONS,
    audit: { action: 'folder.copied' },
    rateClass: 'write',
    sentence: 'Begins to copy a folder with everything in it into another one; the job says how far it is.',
    example: EXAMPLE,
    run: async ({ library }, caller, { body }) =>
      begin(
        library,
        await copyFolder(library, caller, {
          ...placesOf(body),
          withVersions: body.includeVersions ?? body.includeFileVersions ?? false,
        }),
      ),
  }),
  defineOperation({
    id: 'folders.move',
    methods: ['POST'],
    paths: ['/v1/bulkJobs/moveFolder'],
    access: { permission: 'folders.move', inFolders: true },
    resource: 'folders',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: { kind: 'json', schema: members({ sourceFolderPath: libraryPath(), destinationPath: libraryPath() }) },
    }),
    answer: { status: 200, schema: moved },
    problems: [...PROBLEMS, 'folder.exists'],
    reasons: REASONS,
    audit: { action: 'folder.moved' },
    rateClass: 'write',
    sentence:
      'Moves a folder with everything in it into another one, at once; the job removes what was made before. Onto a folder of its name it goes file by file with the job, files onto files as versions.',
    example: EXAMPLE,
    run: async (deps, caller, { body }) => {
      const places = placesOf(body);
      const begun = await begin(deps.library, await moveFolder(deps.library, caller, places));
      return { ...begun, ...warnings(await movedAway(deps.references, caller, places.source)) };
    },
  }),
  defineOperation({
    id: 'folders.rename',
    methods: ['POST'],
    paths: ['/v1/bulkJobs/renameFolder'],
    access: { permission: 'folders.move', inFolders: true },
    resource: 'folders',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        // What was made under the old paths is purged in any case: the flag asks for an id.
        schema: members({ folderPath: libraryPath(), newFolderName: newName(), purgeCache: flag().optional() }),
      },
    }),
    answer: { status: 202, schema: moved },
    problems: ['folder.missing', 'folder.invalid', 'folder.is-root', 'folder.exists', 'file.same-name', 'busy'],
    reasons: { 'folder.missing': 'FOLDER_NOT_FOUND', 'folder.is-root': 'SOURCE_IS_ROOT' },
    audit: { action: 'folder.moved' },
    rateClass: 'write',
    sentence:
      'Gives a folder another name, at once; the job removes what was made before, and with `purgeCache` has an id by which to ask about that as about a purge.',
    example: {
      given: ['folders.create'],
      body: { folderPath: '{{folders.create.folderPath}}', newFolderName: 'summer-{{folders.create.folderId}}' },
    },
    run: async (deps, caller, { body: { folderPath, newFolderName, purgeCache: isPurge = false } }) => {
      if (isPurge) requirePermission(caller, 'cache.purge');
      const input = { folder: readFolderPath(folderPath), newName: readFolderName(newFolderName), isPurge };
      const begun = await begin(deps.library, await renameFolder(deps.library, caller, input));
      return { ...begun, ...warnings(await movedAway(deps.references, caller, input.folder)) };
    },
  }),
];

const placesOf = ({ sourceFolderPath, destinationPath }: Places) => ({
  source: readFolderPath(sourceFolderPath),
  destination: readNewFolderPath(destinationPath, 'destinationPath'),
});

interface Places {
  readonly sourceFolderPath: string;
  readonly destinationPath: string;
}

async function begin(library: ApiDeps['library'], job: LibraryJob) {
  await beginJob(library, job);
  return { jobId: job.jobId };
}

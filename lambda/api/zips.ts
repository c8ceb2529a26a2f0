import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import type { Caller } from '../core/kernel/caller.ts';
import { beginJob } from '../core/library/jobs/run-jobs.ts';
import { beginZip } from '../core/library/selections/begin-zip.ts';
import { selectFiles } from '../core/library/selections/select-files.ts';
import { expandNames } from '../core/settings/named-transformations/expand-names.ts';
import type { ApiDeps } from './deps.ts';
import { defineOperation } from './operation.ts';
import { members, oneLine } from './schemas/members.ts';
import { nothing } from './schemas/parameters.ts';
import { readSelection, SELECTION_PROBLEMS, selected } from './selection.ts';

/** Ours. */
export const zipOperations = [
  defineOperation({
    id: 'zips.create',
    methods: ['POST'],
    paths: ['/v1/zips'],
    access: { permission: 'files.read', inFolders: true },
    resource: 'zips',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          ...selected(),
          transformation: oneLine(LIMITS.zipNameCharacters).optional(),
          fileName: oneLine(LIMITS.zipNameCharacters).default('files.zip'),
        }),
      },
    }),
    answer: { status: 202, schema: () => z.object({ jobId: z.string() }) },
    problems: [...SELECTION_PROBLEMS, 'name.unknown', 'transformation.limit', 'busy'],
    audit: { action: 'files.zipped' },
    rateClass: 'write',
    sentence: `Begins to write a ZIP of up to ${LIMITS.zipFiles} files: those of \`fileIds\`, all of \`folderPath\` and below, or what \`searchQuery\` means; with \`transformation\`, the name of a named transformation, as delivery gives them. The job has its \`downloadUrl\`, for a day. Private files are in it where the key has \`folders.restrict\`, drafts and what is taken down are not.`,
    example: { given: ['files.upload'], body: { fileIds: ['{{files.upload.fileId}}'], fileName: 'press.zip' } },
    run: async (deps, caller, { body: { transformation, fileName, ...selection } }) => {
      if (transformation !== undefined) await expandNames([[`n-${transformation}`]], deps.explain.findNamed);
      const chosen = await readSelection(deps, selection);
      const files = await selectFiles(deps.search, caller, chosen);
      const folder = 'folder' in chosen ? chosen.folder : undefined;
      return begin(deps, caller, { files, folder, transformation, fileName });
    },
  }),
];

async function begin({ library }: ApiDeps, caller: Caller, input: Parameters<typeof beginZip>[2]) {
  const job = await beginZip(library, caller, input);
  await beginJob(library, job);
  return { jobId: job.jobId };
}

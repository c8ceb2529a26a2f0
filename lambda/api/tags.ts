import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import { beginJob } from '../core/library/jobs/run-jobs.ts';
import { renameTags } from '../core/library/tags/rename-tags.ts';
import { defineOperation } from './operation.ts';
import { members, oneLine, someTexts } from './schemas/members.ts';
import { nothing } from './schemas/parameters.ts';

/** Ours: ImageKit changes tags file by file. */
export const tagOperations = [
  defineOperation({
    id: 'tags.rename',
    methods: ['POST'],
    paths: ['/v1/tags/rename'],
    access: { permission: 'files.update', inFolders: true },
    resource: 'tags',
    input: () => ({
      path: nothing(),
      query: nothing(),
      body: {
        kind: 'json',
        schema: members({
          tags: someTexts(LIMITS.tagsRenamedAtOnce, 'tags'),
          newTag: oneLine(LIMITS.tagCharacters),
        }),
      },
    }),
    answer: { status: 202, schema: () => z.object({ jobId: z.string() }) },
    problems: ['file.invalid', 'busy'],
    audit: { action: 'tags.renamed' },
    rateClass: 'write',
    sentence:
      'Begins to give every file that carries one of these tags another one instead: one tag is renamed, several become one. It changes what the key may change; the job says how far it is, and of which files it could not.',
    example: { body: { tags: ['colour', 'color'], newTag: 'colours' } },
    run: async ({ library }, caller, { body }) => {
      const job = await renameTags(library, caller, body);
      await beginJob(library, job);
      return { jobId: job.jobId };
    },
  }),
];

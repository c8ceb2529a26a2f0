import * as z from 'zod';
import { getJob } from '../core/library/jobs/get-job.ts';
import { zipUrl } from '../core/library/selections/zip-url.ts';
import type { LibraryJob } from '../core/library/store/library-job.ts';
import { JOB_NAMES } from '../core/library/store/library-job.ts';
import { defineOperation } from './operation.ts';
import { answeredMoment } from './schemas/members.ts';
import { nothing, pathId } from './schemas/parameters.ts';

const job = () =>
  z.object({
    jobId: z.string(),
    type: z.enum(JOB_NAMES),
    status: z.enum(['Pending', 'Completed']),
    filesDone: z.int(),
    counts: z.record(z.string(), z.int()).optional().meta({
      description:
        'Of an import: objects `added`, `updated`, `unchanged` and `notImported`, and files whose object is `gone`. Ours.',
    }),
    downloadUrl: z
      .string()
      .optional()
      .meta({ description: 'Of a ZIP that is written, for an hour; asked again, another one. Ours.' }),
    purgeRequestId: z.string().optional().meta({
      description: 'Of a folder that was renamed with `purgeCache`: `GET /v1/files/purge/{requestId}` takes it.',
    }),
    errors: z.array(z.string()).readonly().optional(),
    createdAt: answeredMoment(),
    updatedAt: answeredMoment(),
  });

const path = pathId('jobId', 'folders.move', 'jobId');

/** ImageKit, "Bulk job status". */
export const bulkJobOperations = [
  defineOperation({
    id: 'jobs.get',
    methods: ['GET'],
    paths: ['/v1/bulkJobs/:jobId'],
    access: { permission: 'files.read', inFolders: true },
    resource: 'jobs',
    input: () => ({ path: path.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: job },
    problems: ['job.missing'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Tells how far a job is. Folders are at their new place at once; what was made before goes with the job.',
    example: path.example,
    run: async ({ library }, caller, { path: { jobId } }) => {
      const found = await getJob(library, caller, jobId);
      const downloadUrl = await zipUrl(library, found);
      return { ...toAnswer(found), ...(downloadUrl !== undefined && { downloadUrl }) };
    },
  }),
];

const toAnswer = ({ jobId, name, state, done, counts, failures, isPurge, createdAt, updatedAt }: LibraryJob) => ({
  ...{ jobId, type: name, createdAt, updatedAt, filesDone: done },
  ...(counts && { counts }),
  ...(isPurge && { purgeRequestId: jobId }),
  ...(failures && { errors: failures }),
  status: state === 'completed' ? ('Completed' as const) : ('Pending' as const),
});

import { LIMITS } from '../../../contract/limits.ts';
import { grantsFor } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import { newJob } from '../jobs/new-job.ts';
import type { ChangeDeps, Decision } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { LibraryJob } from '../store/library-job.ts';
import { ROOT_FOLDER } from '../store/records.ts';

export interface BeginZipInput {
  readonly files: readonly { readonly fileId: string; readonly size: number }[];
  /** Below which members have their paths; elsewhere they have their names. */
  readonly folder?: string | undefined;
  /** Name of a named transformation. @default originals */
  readonly transformation?: string | undefined;
  /** Under which a browser saves it. */
  readonly fileName: string;
}

/**
 * Begins to write files into a ZIP.
 * @throws Problem selection.limit, or input.invalid for none
 */
export async function beginZip(deps: ChangeDeps, caller: Caller, input: BeginZipInput): Promise<LibraryJob> {
  const { files, folder, transformation, fileName } = input;
  requireFit(files);
  return decideAndCommit(deps, caller, async (now): Promise<Decision<LibraryJob>> => {
    const job = newJob(deps, caller, {
      name: 'ZIP',
      task: {
        ...{ type: 'zip', fileIds: files.map(({ fileId }) => fileId), fileName, grants: grantsFor(caller, RIGHTS) },
        ...(folder !== undefined && { folder }),
        ...(transformation !== undefined && { transformation }),
      },
      folderIds: [ROOT_FOLDER],
      isOwn: true,
      now,
    });
    return {
      steps: [{ create: 'job', record: job }],
      action: 'files.zipped',
      object: { kind: 'job', id: job.jobId },
      after: { files: files.length, ...(transformation !== undefined && { transformation }) },
      result: job,
    };
  });
}

/** Who may decide who sees a folder, may take private files out of it. */
const RIGHTS = ['files.read', 'folders.restrict'] as const;

function requireFit(files: BeginZipInput['files']): void {
  if (files.length === 0) throw problem('input.invalid', 'The selection has no file.');
  if (files.length > LIMITS.zipFiles) throw tooManyFiles();
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes > LIMITS.zipBytes) {
    throw problem(
      'selection.limit',
      `A ZIP may have originals of at most ${LIMITS.zipBytes} bytes, these have ${bytes}.`,
    );
  }
}

export const tooManyFiles = () => problem('selection.limit', `A selection may have at most ${LIMITS.zipFiles} files.`);

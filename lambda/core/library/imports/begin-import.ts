import { grantsFor } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { newJob } from '../jobs/new-job.ts';
import type { ChangeDeps, Decision } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { ImportedPlace } from '../store/imported-place.ts';
import type { LibraryJob } from '../store/library-job.ts';
import { ensureFolder } from '../tree/ensure-folder.ts';

export interface BeginImportInput {
  readonly from: ImportedPlace;
  /** Where the files go, in canonical form. */
  readonly folder: string;
  /** Who sees files that do not say so themselves. */
  readonly isPrivate: boolean;
  /** What names may not hold becomes `_`. */
  readonly replacesCharacters: boolean;
}

/** What the job needs of its caller's rights, file by file. */
const RIGHTS = ['files.read', 'files.upload'] as const;

/**
 * Begins to make files of a bucket's objects. No byte is copied: each file is a version that stays at its origin.
 * @throws Problem permission.missing
 */
export async function beginImport(deps: ChangeDeps, caller: Caller, input: BeginImportInput): Promise<LibraryJob> {
  const { from, isPrivate, replacesCharacters } = input;
  const folder = await ensureFolder(deps, caller, 'files.upload', input.folder);
  return decideAndCommit(deps, caller, async (now): Promise<Decision<LibraryJob>> => {
    const job = newJob(deps, caller, {
      name: 'IMPORT_BUCKET',
      task: {
        ...{ type: 'import', from, folderId: folder.folderId, isPrivate, replacesCharacters },
        ...{ grants: grantsFor(caller, RIGHTS), looksForGone: false, fruitless: 0 },
      },
      folderIds: folder.chain,
      now,
    });
    return {
      steps: [{ create: 'job', record: job }],
      action: 'bucket.imported',
      object: { kind: 'job', id: job.jobId },
      after: { originId: from.originId, prefix: from.prefix, path: folder.path },
      result: job,
    };
  });
}

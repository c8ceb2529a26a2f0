import { LIMITS } from '../../../contract/limits.ts';
import { grantsFor } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import { readTags } from '../files/update-file.ts';
import { newJob } from '../jobs/new-job.ts';
import type { ChangeDeps, Decision } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { LibraryJob } from '../store/library-job.ts';
import { ROOT_FOLDER } from '../store/records.ts';

export interface RenameTagsInput {
  /** One is renamed, several become one. */
  readonly tags: readonly string[];
  readonly newTag: string;
}

/**
 * Begins to give the files that carry any of these tags another one instead: all that the caller may see and change now.
 * @throws Problem file.invalid
 */
export async function renameTags(deps: ChangeDeps, caller: Caller, input: RenameTagsInput): Promise<LibraryJob> {
  const { tags, newTag } = readRename(input);
  return decideAndCommit(deps, caller, async (now): Promise<Decision<LibraryJob>> => {
    const job = newJob(deps, caller, {
      name: 'RENAME_TAGS',
      task: { type: 'rename-tags', tags, newTag, grants: grantsFor(caller, RIGHTS), isLastRun: false },
      folderIds: [ROOT_FOLDER],
      isOwn: true,
      now,
    });
    return {
      steps: [{ create: 'job', record: job }],
      action: 'tags.renamed',
      object: { kind: 'job', id: job.jobId },
      before: { tags },
      after: { tag: newTag },
      result: job,
    };
  });
}

const RIGHTS = ['files.read', 'files.update'] as const;

function readRename(input: RenameTagsInput): RenameTagsInput {
  const [newTag, ...others] = readTags([input.newTag]);
  if (newTag === undefined || others.length > 0) {
    throw problem('file.invalid', `newTag must be a tag of 1 to ${LIMITS.tagCharacters} characters.`);
  }
  const tags = [...new Set(input.tags.map((tag) => tag.trim()))].filter((tag) => tag !== '' && tag !== newTag);
  if (tags.length === 0) throw problem('file.invalid', 'tags must name a tag that is not newTag.');
  return { tags, newTag };
}

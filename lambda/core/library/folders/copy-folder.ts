import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import { newJob } from '../jobs/new-job.ts';
import type { ChangeDeps, Decision } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { LibraryJob } from '../store/library-job.ts';
import { ensureFolder } from '../tree/ensure-folder.ts';
import { levelsOf, pathIn } from '../tree/folder.ts';
import { folderByPath } from '../tree/folder-access.ts';
import { refuseInto, refuseRoot } from './move-folder.ts';

/** Both in canonical form. */
export interface CopyFolderInput {
  readonly source: string;
  readonly destination: string;
  readonly withVersions: boolean;
}

/**
 * Begins to copy a folder with everything in it into another one. Files follow with the job; onto a file of the same name
 * they come as more of its versions.
 * @throws Problem folder.missing, folder.is-root, folder.into-itself, file.same-place or permission.missing
 */
export async function copyFolder(deps: ChangeDeps, caller: Caller, input: CopyFolderInput): Promise<LibraryJob> {
  const { source, destination, withVersions } = input;
  refuseRoot(source);
  await folderByPath(deps.store, caller, 'files.read', source);
  refuseInto(source, destination);
  const target = await ensureFolder(deps, caller, 'files.copy', pathIn({ path: destination }, nameOf(source)));
  return decideAndCommit(deps, caller, async (now): Promise<Decision<LibraryJob>> => {
    const folder = await folderByPath(deps.store, caller, 'files.read', source);
    if (folder.folderId === target.folderId) {
      throw problem('file.same-place', 'The folder is in this folder already.');
    }
    const job = newJob(deps, caller, {
      name: 'COPY_FOLDER',
      task: { type: 'copy-folder', sourceId: folder.folderId, targetId: target.folderId, withVersions },
      folderIds: target.chain,
      sourceFolderIds: folder.chain,
      now,
    });
    return {
      steps: [{ create: 'job', record: job }],
      action: 'folder.copied',
      object: { kind: 'folder', id: folder.folderId },
      before: { path: folder.path },
      after: { path: target.path },
      result: job,
    };
  });
}

const nameOf = (path: string): string => levelsOf(path).at(-1) ?? '';

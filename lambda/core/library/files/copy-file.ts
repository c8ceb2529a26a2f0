import type { Caller } from '../../kernel/caller.ts';
import { Problem, problem } from '../../kernel/problems.ts';
import { toStoredContent } from '../asset.ts';
import type { Decision, NoChange } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { FileHead } from '../store/records.ts';
import { ensureFolder } from '../tree/ensure-folder.ts';
import type { Folder } from '../tree/folder.ts';
import { pathIn } from '../tree/folder.ts';
import { requireShortPath } from '../tree/read-folder-path.ts';
import type { CopiedVersions } from './copied-versions.ts';
import { copyVersions, takeCopy } from './copied-versions.ts';
import { addFile, nextRevision, replaceFile } from './file-steps.ts';
import type { LibraryFile } from './library-file.ts';
import { fileByPath, findFile } from './library-file.ts';
import type { FilePath } from './read-path.ts';
import { headAt, withVersionsOf } from './relocate-file.ts';
import type { CopyBytesDeps } from './staged-copies.ts';
import { endCopy } from './staged-copies.ts';

/** In canonical form. */
export interface CopyFileInput {
  readonly source: FilePath;
  readonly destination: string;
  readonly withVersions: boolean;
}

/** Copies of a file that is changed all the while before it is given up. */
export const COPY_ATTEMPTS = 5;

/** Ids of what is copied: of the history and of each version. */
export type CopyIds = (attempt: number, part: string) => string;

/**
 * Copies a file into a folder; onto a file of the same name as more of its versions. Bytes come first and records that
 * nothing refers to, then one transaction shows all of it, if the source is still what was copied.
 * @param idOf for a copy that may be made twice @default random ids
 * @throws ShownBefore, Problem file.missing, file.same-place, file.version-limit, folder.invalid for a path that is too long, or permission.missing
 */
export async function copyFile(
  deps: CopyBytesDeps,
  caller: Caller,
  input: CopyFileInput,
  idOf: CopyIds = deps.hexId,
): Promise<LibraryFile> {
  for (let attempt = 0; attempt < COPY_ATTEMPTS; attempt++) {
    const source = await fileByPath(deps.store, caller, 'files.read', input.source);
    const folder = await ensureFolder(deps, caller, 'files.copy', input.destination);
    // Read before and after a folder was moved: what they say together was never so.
    if (folder.stamp !== source.folder.stamp) continue;
    if (folder.folderId === source.folder.folderId) {
      throw problem('file.same-place', 'The file is in this folder already.');
    }
    const path = requireShortPath(pathIn(folder, source.head.name), 'The path of the copy');
    const ids = (part: string) => idOf(attempt, part);
    const copied = await copyVersions(deps, source.head, { path, withVersions: input.withVersions, ids });
    const shown = copied && (await showOrRemove(deps, caller, { source, copied, input }));
    if (shown) return shown;
  }
  throw problem('busy', 'The file was changed all the time while it was copied; try again.');
}

/**
 * @returns undefined when the source has changed; nothing of the copy is left then
 * @throws what stood in the way; whether the copy was shown all the same is looked up before anything of it is removed
 */
async function showOrRemove(deps: CopyBytesDeps, caller: Caller, copying: Copying): Promise<LibraryFile | undefined> {
  let tried: string | undefined;
  try {
    const shown = await decideAndCommit(deps, caller, async (now) => {
      const decision = await showCopy(deps, caller, copying, now);
      if ('result' in decision) tried = decision.result.head.assetId;
      return decision;
    });
    if (shown) return shown;
  } catch (error) {
    const isRemoved = await endCopy(deps, copying.copied.staged);
    const shown = isRemoved || tried === undefined ? undefined : await findFile(deps.store, tried);
    if (shown && isUnknown(error)) return shown;
    throw error;
  }
  await endCopy(deps, copying.copied.staged);
  return undefined;
}

/** Whether a change may have been committed: it was given up, or its answers were lost. */
const isUnknown = (error: unknown): boolean => !(error instanceof Problem) || error.code === 'busy';

interface Copying {
  readonly source: LibraryFile;
  readonly copied: CopiedVersions;
  readonly input: CopyFileInput;
}

async function showCopy(
  deps: CopyBytesDeps,
  caller: Caller,
  { source, copied, input }: Copying,
  now: string,
): Promise<Decision<LibraryFile> | NoChange<undefined>> {
  const { assetId, revision, state } = source.head;
  if ((await deps.store.head(assetId))?.revision !== revision) return { unchanged: undefined };
  const { historyId, revision: stagedRevision } = copied.staged;
  if ((await deps.store.stagedCopy(historyId))?.revision !== stagedRevision) {
    throw problem('busy', 'Another call copies the file by now; try again.');
  }
  const folder = await ensureFolder(deps, caller, 'files.copy', input.destination);
  if (source.folder.stamp !== folder.stamp) return { unchanged: undefined };
  const copy = headOfCopy(source.head, folder, copied, caller, now);
  const target = await headAt(deps, folder, copy.name);
  // Moved there since: it is not copied onto itself.
  if (target?.assetId === assetId) return { unchanged: undefined };
  const head = target ? nextRevision(withVersionsOf(target, copy), caller, now) : copy;
  const path = pathIn(folder, copy.name);
  return {
    steps: [
      { check: 'head', key: { assetId }, was: { revision, state } },
      ...takeCopy(copied),
      ...(target ? replaceFile(target, head) : addFile(head)),
    ],
    effects: [{ effect: 'purge-path', path }],
    action: 'file.copied',
    object: { kind: 'file', id: head.assetId },
    before: { path: source.path },
    after: { path },
    result: { head, folder, path },
  };
}

/** The copy as a file of its own. Its pictures are those of the version that is the current one of the source. */
function headOfCopy(
  source: FileHead,
  folder: Folder,
  { versions, current }: CopiedVersions,
  caller: Caller,
  now: string,
): FileHead {
  const first = versions[0] ?? current;
  // Who refers to a file does not refer to its copies.
  const { changedRevision: _, summary: __, referenceCount: ___, ...described } = source;
  return {
    ...described,
    ...toStoredContent(current),
    ...(current.summary && { summary: current.summary }),
    assetId: first.versionId,
    revision: 1,
    state: 'live',
    folderId: folder.folderId,
    versionId: current.versionId,
    versionNumber: current.number,
    lastNumber: versions.length,
    versionCount: versions.length,
    histories: [{ id: first.historyId, offset: 0 }],
    createdAt: now,
    createdBy: caller.id,
    updatedAt: now,
    updatedBy: caller.id,
  };
}

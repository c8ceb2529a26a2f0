import { isVisible } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { Problem, problem } from '../../kernel/problems.ts';
import type { LibraryStore } from '../store/library-store.ts';
import { locateFolder } from '../tree/find-folder.ts';
import { pathIn } from '../tree/folder.ts';
import type { ChangedEach } from './change-each.ts';
import { changeEach } from './change-each.ts';
import type { LibraryFile } from './library-file.ts';

/** Not all of the files are there, so nothing was done with any of them. */
export class FilesMissing extends Problem {
  readonly fileIds: readonly string[];

  constructor(fileIds: readonly string[]) {
    super('file.missing', 'The requested file(s) does not exist.');
    this.fileIds = fileIds;
  }
}

/**
 * Does something with each of several files, a transaction a file. All of them must be there: if one is not, nothing is done
 * (ImageKit, "Delete multiple files"). A file that may be seen but not changed fails for itself.
 * @param first is done with all of them before anything is changed; it throws to refuse
 * @throws FilesMissing, or Problem file.invalid for none or too many
 */
export async function changeFiles(
  { store }: { readonly store: LibraryStore },
  caller: Caller,
  { fileIds, limit }: { readonly fileIds: readonly string[]; readonly limit: number },
  change: (fileId: string) => Promise<unknown>,
  first?: (files: readonly LibraryFile[]) => Promise<unknown>,
): Promise<ChangedEach> {
  const ids = [...new Set(fileIds)];
  if (ids.length === 0 || ids.length > limit) {
    throw problem('file.invalid', `fileIds must name 1 to ${limit} files, it names ${ids.length}.`);
  }
  const files = await requireVisible(store, caller, ids);
  await first?.(files);
  return changeEach(ids, change);
}

/** Live files by their ids, in no order. @throws FilesMissing when the caller may not see one of them */
export async function requireVisible(
  store: LibraryStore,
  caller: Caller,
  ids: readonly string[],
): Promise<LibraryFile[]> {
  const heads = await store.heads(ids);
  const visible = new Map<string, LibraryFile>();
  for (const head of heads) {
    const folder = head.state === 'live' ? await locateFolder(store, head.folderId) : undefined;
    if (folder && isVisible(caller, folder.chain)) {
      visible.set(head.assetId, { head, folder, path: pathIn(folder, head.name) });
    }
  }
  const missing = ids.filter((id) => !visible.has(id));
  if (missing.length > 0) throw new FilesMissing(missing);
  return [...visible.values()];
}

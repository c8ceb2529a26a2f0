import { isVisible } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { ChangedEach } from '../files/change-each.ts';
import { changeEach } from '../files/change-each.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import type { LibraryStore } from '../store/library-store.ts';
import { locateFolder } from '../tree/find-folder.ts';
import { findTrashed, restoreTrashed } from './restore-trashed.ts';

/**
 * Takes files and folders out of the trash, a transaction each. All of them must be there: if one is not, nothing is done. One
 * that is back already counts as restored, so that a call whose answer was lost can be made again.
 * @throws Problem trash.missing
 */
export async function restoreSeveral(deps: ChangeDeps, caller: Caller, ids: readonly string[]): Promise<ChangedEach> {
  const distinct = [...new Set(ids)];
  const back = new Set<string>();
  for (const id of distinct) {
    if (await findTrashed(deps.store, caller, id)) continue;
    if (!(await isBack(deps.store, caller, id)))
      throw problem('trash.missing', `Nothing in the trash has the id ${id}.`);
    back.add(id);
  }
  return changeEach(distinct, async (id) => {
    if (!back.has(id)) await restoreTrashed(deps, caller, { id });
  });
}

/** Whether it is in the library, where the caller may see it. */
async function isBack(store: LibraryStore, caller: Caller, id: string): Promise<boolean> {
  const head = await store.head(id);
  if (head && head.state !== 'live') return false;
  const folder = await locateFolder(store, head?.folderId ?? id);
  return folder !== undefined && isVisible(caller, folder.chain);
}

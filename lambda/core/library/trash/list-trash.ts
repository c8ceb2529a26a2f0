import { isAllowed, isVisible } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { TrashedItem } from '../store/records.ts';
import { keptDays } from './trash-days.ts';

/** What is in the trash and may be seen, the newest first. */
export async function listTrash(
  { store, clock }: { readonly store: Pick<LibraryStore, 'trashedOn'>; readonly clock: Clock },
  caller: Caller,
): Promise<TrashedItem[]> {
  const items: TrashedItem[] = [];
  for (const day of keptDays(clock)) {
    const found = await store.trashedOn(day);
    items.push(...found.sort((one, other) => (one.trashedAt < other.trashedAt ? 1 : -1)));
  }
  return items.filter(({ folderIds }) => isVisible(caller, folderIds) && isAllowed(caller, 'trash.read', folderIds));
}

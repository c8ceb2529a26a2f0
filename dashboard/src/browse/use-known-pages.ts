import { useCallback, useState } from 'react';
import { type ArrivedPage, type KnownPages, NO_PAGES, notePage, type SeenPlaces } from './known-pages.ts';

/** How a list was left: what was known of it, and where somebody looked. */
interface LeftList {
  readonly pages: KnownPages;
  readonly seen: SeenPlaces;
}

/** Lists to which the way back may lead, the newest last. */
const left = new Map<string, LeftList>();

/** Lists that are remembered. */
const REMEMBERED = 20;

const NEW: LeftList = { pages: NO_PAGES, seen: { first: 0, last: 0, active: 0 } };

function remember(list: string, how: LeftList): LeftList {
  left.delete(list);
  left.set(list, how);
  const [oldest] = left.keys();
  if (left.size > REMEMBERED && oldest !== undefined) left.delete(oldest);
  return how;
}

export interface KnownList extends LeftList {
  readonly note: (arrived: readonly ArrivedPage[]) => void;
  readonly see: (seen: SeenPlaces) => void;
}

/** What is known of a list, also when somebody comes back to it. */
export function useKnownPages(list: string): KnownList {
  const [, showAgain] = useState<LeftList>();
  const change = useCallback(
    (next: (before: LeftList) => LeftList) => {
      const before = left.get(list) ?? NEW;
      const after = next(before);
      if (after !== before) showAgain(remember(list, after));
    },
    [list],
  );
  const note = useCallback(
    (arrived: readonly ArrivedPage[]) =>
      change((before) => {
        const pages = arrived.reduce(notePage, before.pages);
        return pages === before.pages ? before : { ...before, pages };
      }),
    [change],
  );
  const see = useCallback(
    (seen: SeenPlaces) =>
      change((before) => {
        const { first, last, active } = before.seen;
        const isSame = first === seen.first && last === seen.last && active === seen.active;
        return isSame ? before : { ...before, seen };
      }),
    [change],
  );
  return { ...(left.get(list) ?? NEW), note, see };
}

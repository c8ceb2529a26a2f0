import { useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { readView, type View, viewAddress } from './view.ts';

/** What the URL says is shown, and the way to show something else. */
export function useView(): readonly [View, (change: Partial<View>) => void] {
  const search = useSearch();
  const [, navigate] = useLocation();
  const view = useMemo(() => readView(search), [search]);
  return [view, (change) => navigate(viewAddress({ ...view, ...change }))];
}

import type { View } from '../browse/view.ts';
import { useText } from '../i18n/text.tsx';
import { filterWords } from './filter-words.ts';
import { FILTERS } from './filters.ts';

export interface ActiveFiltersProps {
  readonly view: View;
  readonly change: (change: Partial<View>) => void;
}

/** The filters that are set, each with the way to take it away. */
export function ActiveFilters({ view, change }: ActiveFiltersProps) {
  const text = useText();
  return FILTERS.filter((name) => view[name] !== undefined).map((name) => (
    <button key={name} type="button" className="chip" aria-pressed="true" onClick={() => change({ [name]: undefined })}>
      {filterWords(name, view, text)} <span aria-hidden="true">✕</span>
    </button>
  ));
}

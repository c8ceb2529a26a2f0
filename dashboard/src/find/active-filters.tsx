import type { View } from '../browse/view.ts';
import { useText } from '../i18n/text.tsx';
import { useSavedSearches } from '../saved/saved-search-queries.ts';
import { filterWords } from './filter-words.ts';
import { FILTERS, type FilterName } from './filters.ts';

export interface ActiveFiltersProps {
  readonly view: View;
  readonly change: (change: Partial<View>) => void;
}

/** The filters that are set, each with the way to take it away. */
export function ActiveFilters({ view, change }: ActiveFiltersProps) {
  const text = useText();
  const searches = useSavedSearches();
  const words = (name: FilterName) => {
    const saved = name === 'query' && searches?.find(({ searchQuery }) => searchQuery === view.query);
    return saved ? saved.name : filterWords(name, view, text);
  };
  return FILTERS.filter((name) => view[name] !== undefined).map((name) => (
    <button key={name} type="button" className="chip" aria-pressed="true" onClick={() => change({ [name]: undefined })}>
      {words(name)} <span aria-hidden="true">✕</span>
    </button>
  ));
}

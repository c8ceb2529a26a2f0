import { useQueries } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import type { View } from '../browse/view.ts';
import { useText } from '../i18n/text.tsx';
import { filterWords } from './filter-words.ts';
import { FILTERS } from './filters.ts';
import { searchQuery } from './search-query.ts';

export interface NothingFoundProps {
  readonly view: View;
  readonly change: (change: Partial<View>) => void;
}

/** Says which filter leaves nothing: how many files there would be without each of them. */
export default function NothingFound({ view, change }: NothingFoundProps) {
  const text = useText();
  const { find } = text;
  const set = FILTERS.filter((name) => view[name] !== undefined);
  const without = useQueries({
    queries: set.map((name) => {
      const query = { searchQuery: searchQuery({ ...view, [name]: undefined }), limit: '1' };
      return {
        queryKey: ['library', 'facets', query],
        queryFn: () => dataOf(api.GET('/v1/search/facets', { params: { query } })),
        // A kind is no part of a query, so nobody counts with one.
        enabled: view.kind === undefined,
      };
    }),
  });
  return (
    <div className="message">
      <h2>{view.words === '' ? find.noneOfFilters : find.none(view.words)}</h2>
      <p>{find.noneHint}</p>
      {set.map((name, index) => {
        const total = without[index]?.data?.total;
        if (total === 0) return null;
        return (
          <p key={name}>
            <button type="button" className="chip" onClick={() => change({ [name]: undefined })}>
              {find.without(filterWords(name, view, text))}
              {total !== undefined && ` ${find.wouldBe(total)}`}
            </button>
          </p>
        );
      })}
    </div>
  );
}

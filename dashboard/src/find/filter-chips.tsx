import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { KINDS, type View } from '../browse/view.ts';
import { formatNumber } from '../i18n/format.ts';
import { useTexts } from '../i18n/text.tsx';
import { searchQuery } from './search-query.ts';

/** Tags that are offered. */
const MOST_TAGS = '12';

export interface FilterChipsProps {
  readonly view: View;
  readonly change: (change: Partial<View>) => void;
}

/** What the search can be narrowed to, with the number of files that are left. One that is chosen is taken away again. */
export function FilterChips({ view, change }: FilterChipsProps) {
  const { text, locale } = useTexts();
  const { find, kinds } = text;
  const query = { searchQuery: searchQuery(view), limit: MOST_TAGS };
  const { data: facets } = useQuery({
    queryKey: ['library', 'facets', query],
    queryFn: ({ signal }) => dataOf(api.GET('/v1/search/facets', { params: { query }, signal })),
    placeholderData: (before) => before,
  });
  return (
    <fieldset className="chips">
      <legend className="for-screen-readers">{find.filters}</legend>
      {KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          className="chip"
          aria-pressed={view.kind === kind}
          onClick={() => change({ kind: view.kind === kind ? undefined : kind })}
        >
          {kinds[kind]}
        </button>
      ))}
      {view.tag !== undefined && (
        <button type="button" className="chip" aria-pressed="true" onClick={() => change({ tag: undefined })}>
          {find.tag}: {view.tag}
        </button>
      )}
      {view.tag === undefined &&
        facets?.tags.map(({ value, count }) => (
          <button
            key={value}
            type="button"
            className="chip"
            aria-pressed="false"
            onClick={() => change({ tag: value })}
          >
            {value} <span className="chip-count">{formatNumber(count, locale)}</span>
          </button>
        ))}
    </fieldset>
  );
}

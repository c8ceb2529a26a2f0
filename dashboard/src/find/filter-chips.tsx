import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { isSearch, type View } from '../browse/view.ts';
import { useText } from '../i18n/text.tsx';
import { useMay } from '../session/session.ts';
import { ActiveFilters } from './active-filters.tsx';
import { ChoiceFilter } from './choice-filter.tsx';
import { CountedChips } from './counted-chips.tsx';
import { FieldFilter } from './field-filter.tsx';
import { AGES, FILTERS, KINDS, SIZES, type Size, STATES } from './filters.ts';
import { searchQuery } from './search-query.ts';

const SaveSearchDialog = lazy(() => import('../saved/save-search-dialog.tsx'));

/** Values that are offered of each. */
const MOST = '12';

export interface FilterChipsProps {
  readonly view: View;
  readonly change: (change: Partial<View>) => void;
}

/** What the search can be narrowed to, with the number of files that are left. One that is chosen is taken away again. */
export default function FilterChips({ view, change }: FilterChipsProps) {
  const { find, kinds, saved } = useText();
  const may = useMay();
  const [isNaming, setIsNaming] = useState(false);
  const query = { searchQuery: searchQuery(view), limit: MOST };
  const { data: facets } = useQuery({
    queryKey: ['library', 'facets', query],
    queryFn: ({ signal }) => dataOf(api.GET('/v1/search/facets', { params: { query }, signal })),
    placeholderData: (before) => before,
  });
  const isFirst = FILTERS.every((name) => view[name] === undefined) && view.words === '';
  // A filter that is set in a folder means what is in the folder.
  const narrow = (filters: Partial<View>) =>
    change(isFirst && view.path !== '/' ? { within: view.path, ...filters } : filters);
  return (
    <fieldset className="chips">
      <legend className="for-screen-readers">{find.filters}</legend>
      <ActiveFilters view={view} change={change} />
      {view.kind === undefined &&
        KINDS.map((kind) => (
          <button key={kind} type="button" className="chip" aria-pressed="false" onClick={() => narrow({ kind })}>
            {kinds[kind]}
          </button>
        ))}
      <ChoiceFilter
        label={find.size}
        values={Object.keys(SIZES) as Size[]}
        words={find.sizes}
        shown={view.size}
        choose={(size) => narrow({ size })}
      />
      <ChoiceFilter
        label={find.since}
        values={AGES}
        words={find.ages}
        shown={view.since}
        choose={(since) => narrow({ since })}
      />
      <ChoiceFilter
        label={find.state}
        values={STATES}
        words={find.states}
        shown={view.state}
        choose={(state) => narrow({ state })}
      />
      {view.field === undefined && may('fields.read') && <FieldFilter choose={(field) => narrow({ field })} />}
      {view.format === undefined && (
        <CountedChips label={find.format} values={facets?.formats} choose={(format) => narrow({ format })} />
      )}
      <CountedChips
        label={find.within}
        values={facets?.folders.filter(({ value }) => value !== view.within)}
        choose={(within) => narrow({ within })}
      />
      {view.tag === undefined && (
        <CountedChips label={find.tag} values={facets?.tags} choose={(tag) => narrow({ tag })} />
      )}
      {isSearch(view) && view.kind === undefined && (
        <button type="button" className="chip" onClick={() => setIsNaming(true)}>
          {saved.save}
        </button>
      )}
      {isNaming && (
        <Suspense>
          <SaveSearchDialog view={view} close={() => setIsNaming(false)} />
        </Suspense>
      )}
    </fieldset>
  );
}

import { Link, useRoute } from 'wouter';
import { useView } from '../browse/use-view.ts';
import { SORTS, viewAddress } from '../browse/view.ts';
import { useText } from '../i18n/text.tsx';
import { failureWords } from '../shell/failure-words.ts';
import { useNotices } from '../shell/notices.tsx';
import { type SavedSearch, useForgetSearch, useSavedSearches, useSaveSearch } from './saved-search-queries.ts';

/** Searches that were kept under a name. */
export function SavedSearchList() {
  const { saved } = useText();
  const searches = useSavedSearches();
  if (!searches?.length) return null;
  return (
    <section aria-labelledby="saved-searches">
      <h2 id="saved-searches" className="side-title">
        {saved.title}
      </h2>
      <ul className="tree">
        {searches.map((search) => (
          <SavedSearchLine key={search.id} search={search} />
        ))}
      </ul>
    </section>
  );
}

function SavedSearchLine({ search }: { readonly search: SavedSearch }) {
  const text = useText();
  const { saved } = text;
  const tell = useNotices();
  const [isLibrary] = useRoute('/');
  const [view] = useView();
  const forget = useForgetSearch();
  const save = useSaveSearch();
  const { id, name, searchQuery, path, sort: kept, shared } = search;
  const failed = (error: unknown) => tell({ kind: 'failed', message: failureWords(error, text) });
  const remove = () =>
    forget.mutate(id, {
      onError: failed,
      onSuccess: () => {
        const again = { name, searchQuery, sort: kept, shared, ...(path !== undefined && { path }) };
        const undo = { label: text.undo, run: () => save.mutate(again, { onError: failed }) };
        tell({ kind: 'done', message: saved.forgotten(name), action: undo });
      },
    });
  const isShown = isLibrary && view.query === searchQuery && view.within === path;
  const sort = SORTS.find((one) => one === kept);
  return (
    <li className="tree-line">
      <Link
        href={viewAddress({ query: searchQuery, ...(sort && { sort }), ...(path !== undefined && { within: path }) })}
        className="tree-link"
        title={shared ? saved.sharedName(name) : name}
        aria-current={isShown ? 'page' : undefined}
      >
        {name}
      </Link>
      <button type="button" className="tree-toggle" aria-label={saved.forget(name)} onClick={remove}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="m7 7 10 10M17 7 7 17" />
        </svg>
      </button>
    </li>
  );
}

import { lazy, Suspense, useState } from 'react';
import { useLocation } from 'wouter';
import { FILTERS } from '../find/filters.ts';
import { useText } from '../i18n/text.tsx';
import { useSelection } from '../select/selection.ts';
import type { SelectionDialog } from '../select/selection-dialog.ts';
import { useSelectionKeys } from '../select/selection-keys.ts';
import { useAllMatches } from '../select/use-all-matches.ts';
import { useMay } from '../session/session.ts';
import { FailurePage } from '../shell/failure-page.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { Breadcrumbs } from './breadcrumbs.tsx';
import { BrowseToolbar } from './browse-toolbar.tsx';
import { FileGrid } from './file-grid.tsx';
import { FolderTiles } from './folder-tiles.tsx';
import { useFolders } from './library-queries.ts';
import { useFileList } from './use-file-list.ts';
import { useView } from './use-view.ts';
import { isSearch, listOf, type View } from './view.ts';

const SelectionBar = lazy(() => import('../select/selection-bar.tsx'));
const FilterChips = lazy(() => import('../find/filter-chips.tsx'));
const NothingFound = lazy(() => import('../find/nothing-found.tsx'));
const MoveFolderDialog = lazy(() => import('../select/move-folder-dialog.tsx'));
const NewFolderDialog = lazy(() => import('./new-folder-dialog.tsx'));

/** A view without any of its filters. */
const NO_FILTERS = Object.fromEntries(FILTERS.map((name) => [name, undefined]));

/** A folder's folders and files, or what was found in the whole library. */
export function BrowsePage() {
  const text = useText();
  const may = useMay();
  const [view, change] = useView();
  const [, navigate] = useLocation();
  const [isNaming, setIsNaming] = useState(false);
  const [isMoving, setIsMoving] = useState(false);
  const [dialog, setDialog] = useState<SelectionDialog>();
  const list = useFileList(view);
  const { count, hasMore, isPending, error } = list;
  const selection = useSelection(list, listOf(view));
  const matches = useAllMatches(view, selection);
  const selectAll = () =>
    hasMore || list.atHand.length < count ? matches.start() : selection.selectThese(list.atHand);
  const isSearching = isSearch(view);
  const [isFiltering, setIsFiltering] = useState(false);
  const showsFilters = isFiltering || isSearching;
  const title = isSearching ? text.find.title(view.words) : (view.path.split('/').at(-1) ?? '') || text.browse.root;
  const isEmpty = count === 0 && !hasMore;
  usePageTitle(title);
  const act = useSelectionKeys(selection, setDialog);
  return (
    <div className="browse">
      <h1 className={isSearching ? 'title' : 'for-screen-readers'}>{title}</h1>
      {!isSearching && <Breadcrumbs path={view.path} />}
      <BrowseToolbar
        view={view}
        change={change}
        count={isPending ? undefined : text.browse.loaded(count, hasMore)}
        isFiltered={showsFilters}
        toggleFilters={() => {
          setIsFiltering(!showsFilters);
          if (isSearching) change({ ...NO_FILTERS, words: '' });
        }}
        newFolder={may('folders.create') && !isSearching ? () => setIsNaming(true) : undefined}
        moveFolder={may('folders.move') && !isSearching && view.path !== '/' ? () => setIsMoving(true) : undefined}
      />
      {showsFilters && (
        <Suspense fallback={<div className="chips-place" />}>
          <FilterChips view={view} change={change} />
        </Suspense>
      )}
      {!isSearching && <FolderTiles view={view} />}
      {isPending && <PageSkeleton />}
      {error && <FailurePage error={error} retry={list.retry} />}
      {count > 0 && (
        <FileGrid
          key={`${listOf(view)} ${view.layout}`}
          list={list}
          layout={view.layout}
          label={text.browse.files}
          selection={selection}
          selectAll={selectAll}
          act={act}
          open={({ fileId }) => navigate(`/file/${fileId}`)}
        />
      )}
      {isEmpty && !isSearching && <EmptyFolder view={view} mayUpload={may('files.upload')} />}
      {isEmpty && isSearching && (
        <Suspense>
          <NothingFound view={view} change={change} />
        </Suspense>
      )}
      {(selection.files.count > 0 || matches.found !== undefined) && (
        <Suspense>
          <SelectionBar
            selection={selection}
            matches={hasMore || matches.found !== undefined ? matches : undefined}
            dialog={dialog}
            openDialog={setDialog}
          />
        </Suspense>
      )}
      {isNaming && (
        <Suspense>
          <NewFolderDialog parent={view.path} close={() => setIsNaming(false)} />
        </Suspense>
      )}
      {isMoving && (
        <Suspense>
          <MoveFolderDialog path={view.path} close={() => setIsMoving(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Says what can be done with nothing. */
function EmptyFolder({ view, mayUpload }: { readonly view: View; readonly mayUpload: boolean }) {
  const { browse } = useText();
  const { data: folders } = useFolders(view.path);
  if (folders === undefined || folders.length > 0) return null;
  return (
    <div className="message">
      <h2>{browse.empty}</h2>
      <p>{mayUpload ? browse.emptyHint : browse.emptyReadOnly}</p>
    </div>
  );
}

import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { FILTERS } from '../find/filters.ts';
import { useText } from '../i18n/text.tsx';
import { useSelection } from '../select/selection.ts';
import type { SelectionDialog } from '../select/selection-dialog.ts';
import { useSelectionKeys } from '../select/selection-keys.ts';
import { useMay } from '../session/session.ts';
import { FailurePage } from '../shell/failure-page.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { Breadcrumbs } from './breadcrumbs.tsx';
import { BrowseToolbar } from './browse-toolbar.tsx';
import { FileGrid } from './file-grid.tsx';
import { FolderTiles } from './folder-tiles.tsx';
import { useFiles, useFolders } from './library-queries.ts';
import { isSearch, listOf, useView, type View } from './view.ts';

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
  const listed = useFiles(view);
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = listed;
  const files = useMemo(() => data?.pages.flatMap((page) => page.files) ?? [], [data]);
  const selection = useSelection(files, listOf(view));
  const isSearching = isSearch(view);
  const [isFiltering, setIsFiltering] = useState(false);
  const showsFilters = isFiltering || isSearching;
  const title = isSearching ? text.find.title(view.words) : (view.path.split('/').at(-1) ?? '') || text.browse.root;
  usePageTitle(title);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const act = useSelectionKeys(selection, setDialog);
  return (
    <div className="browse">
      <h1 className={isSearching ? 'title' : 'for-screen-readers'}>{title}</h1>
      {!isSearching && <Breadcrumbs path={view.path} />}
      <BrowseToolbar
        view={view}
        change={change}
        count={isPending ? undefined : text.browse.loaded(files.length, hasNextPage)}
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
      {error && <FailurePage error={error} retry={() => void refetch()} />}
      {files.length > 0 && (
        <FileGrid
          key={`${listOf(view)} ${view.layout}`}
          files={files}
          layout={view.layout}
          label={text.browse.files}
          selection={selection}
          more={more}
          act={act}
          open={({ fileId }) => navigate(`/file/${fileId}`)}
        />
      )}
      {data && files.length === 0 && !isSearching && <EmptyFolder view={view} mayUpload={may('files.upload')} />}
      {data && files.length === 0 && isSearching && (
        <Suspense>
          <NothingFound view={view} change={change} />
        </Suspense>
      )}
      {selection.files.length > 0 && (
        <Suspense>
          <SelectionBar
            selection={selection}
            view={view}
            hasMore={hasNextPage}
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

import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { FilterChips } from '../find/filter-chips.tsx';
import { useText } from '../i18n/text.tsx';
import { useSelection } from '../select/selection.ts';
import { SelectionBar } from '../select/selection-bar.tsx';
import { useMay } from '../session/session.ts';
import { FailurePage } from '../shell/failure-page.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { Breadcrumbs } from './breadcrumbs.tsx';
import { BrowseToolbar } from './browse-toolbar.tsx';
import { FileGrid } from './file-grid.tsx';
import { useFiles, useFolders } from './library-queries.ts';
import { isSearch, useView, type View, viewAddress } from './view.ts';

const NewFolderDialog = lazy(() => import('./new-folder-dialog.tsx'));

/** A folder's folders and files, or what was found in the whole library. */
export function BrowsePage() {
  const text = useText();
  const may = useMay();
  const [view, change] = useView();
  const [, navigate] = useLocation();
  const [isNaming, setIsNaming] = useState(false);
  const listed = useFiles(view);
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = listed;
  const files = useMemo(() => data?.pages.flatMap((page) => page.files) ?? [], [data]);
  const selection = useSelection(files);
  const isSearching = isSearch(view);
  const title = isSearching ? text.find.results(view.words) : (view.path.split('/').at(-1) ?? '') || text.browse.root;
  usePageTitle(title);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <div className="browse">
      <h1 className={isSearching ? 'title' : 'for-screen-readers'}>{title}</h1>
      {!isSearching && <Breadcrumbs path={view.path} />}
      <BrowseToolbar
        view={view}
        change={change}
        count={isPending ? undefined : text.browse.loaded(files.length, hasNextPage)}
        newFolder={may('folders.create') && !isSearching ? () => setIsNaming(true) : undefined}
      />
      {isSearching && <FilterChips view={view} change={change} />}
      {!isSearching && <FolderTiles view={view} />}
      {isPending && <PageSkeleton />}
      {error && <FailurePage error={error} retry={() => void refetch()} />}
      {files.length > 0 && (
        <FileGrid
          key={`${view.path} ${view.words} ${view.sort} ${view.layout} ${view.kind} ${view.tag}`}
          files={files}
          layout={view.layout}
          label={text.browse.files}
          selection={selection}
          more={more}
          open={({ fileId }) => navigate(`/file/${fileId}`)}
        />
      )}
      {data && files.length === 0 && <Nothing view={view} mayUpload={may('files.upload')} />}
      {selection.files.length > 0 && <SelectionBar selection={selection} />}
      {isNaming && (
        <Suspense>
          <NewFolderDialog parent={view.path} close={() => setIsNaming(false)} />
        </Suspense>
      )}
    </div>
  );
}

function FolderTiles({ view }: { readonly view: View }) {
  const { browse } = useText();
  const { data: folders } = useFolders(view.path);
  if (!folders?.length) return null;
  return (
    <ul className="tiles" aria-label={browse.folders}>
      {folders.map(({ folderId, name, folderPath }) => (
        <li key={folderId}>
          <Link href={viewAddress({ ...view, path: folderPath })} className="tile" title={name}>
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M3 6h6l2 2h10v11H3z" />
            </svg>
            <span>{name}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Says why there is nothing, and what helps. */
function Nothing({ view, mayUpload }: { readonly view: View; readonly mayUpload: boolean }) {
  const { browse, find } = useText();
  const { data: folders } = useFolders(view.path);
  if (isSearch(view))
    return (
      <div className="message">
        <h2>{find.none(view.words)}</h2>
        <p>{find.noneHint}</p>
      </div>
    );
  if (folders === undefined || folders.length > 0) return null;
  return (
    <div className="message">
      <h2>{browse.empty}</h2>
      <p>{mayUpload ? browse.emptyHint : browse.emptyReadOnly}</p>
    </div>
  );
}

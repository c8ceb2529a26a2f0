import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { FolderTree } from '../browse/folder-tree.tsx';
import { SearchBox } from '../find/search-box.tsx';
import { useText } from '../i18n/text.tsx';
import { SavedSearchList } from '../saved/saved-search-list.tsx';
import { AccountMenu } from '../session/account-menu.tsx';
import { useMay } from '../session/session.ts';
import { TaskPanels } from '../tasks/task-panels.tsx';
import { UploadPanel } from '../upload/queue-panel.tsx';
import { UploadProvider } from '../upload/upload-provider.tsx';
import { ZipPanels } from '../zips/zip-provider.tsx';
import mark from './mark.svg';
import { onSingleKey } from './single-key.ts';

const KeysDialog = lazy(() => import('./keys-dialog.tsx'));

/** Header, folders and the page. On a narrow screen the folders are a drawer. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const text = useText();
  const may = useMay();
  const [isOpen, setIsOpen] = useState(false);
  const [showsKeys, setShowsKeys] = useState(false);
  useEffect(() => onSingleKey('?', () => setShowsKeys(true)), []);
  const [location] = useLocation();
  const search = useSearch();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever went somewhere is done with the drawer.
  useEffect(() => setIsOpen(false), [location, search]);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {text.skip}
      </a>
      <header className="bar">
        <button
          type="button"
          className="bar-button only-narrow"
          aria-label={text.nav.open}
          aria-expanded={isOpen}
          aria-controls="folders"
          onClick={() => setIsOpen(!isOpen)}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M4 6h16M4 12h16M4 18h16" />
          </svg>
        </button>
        <Link href="/" className="bar-name" aria-label={text.product}>
          <img src={mark} alt="" width="28" height="28" />
          <span>{text.product}</span>
        </Link>
        <SearchBox />
        <AccountMenu showKeys={() => setShowsKeys(true)} />
      </header>
      <nav
        id="folders"
        aria-label={text.nav.label}
        className={isOpen ? 'side side-open' : 'side'}
        onKeyDown={(event) => event.key === 'Escape' && setIsOpen(false)}
      >
        <FolderTree />
        <SavedSearchList />
        {may('folders.restrict') && (
          <Link href="/shares" className={(isActive) => (isActive ? 'side-link side-link-active' : 'side-link')}>
            {text.shares.title}
          </Link>
        )}
        {may('trash.read') && (
          <Link href="/trash" className={(isActive) => (isActive ? 'side-link side-link-active' : 'side-link')}>
            {text.nav.trash}
          </Link>
        )}
      </nav>
      <UploadProvider isAllowed={may('files.upload')}>
        <main id="content" tabIndex={-1} className="content">
          {children}
        </main>
        <div className="panels">
          <TaskPanels />
          <ZipPanels />
          <UploadPanel />
        </div>
      </UploadProvider>
      {showsKeys && (
        <Suspense>
          <KeysDialog close={() => setShowsKeys(false)} />
        </Suspense>
      )}
    </div>
  );
}

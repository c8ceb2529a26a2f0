import Button from '@cloudscape-design/components/button';
import { lazy, type RefObject, Suspense, useId, useRef, useState } from 'react';
import { useText } from '../i18n/text.tsx';
import { filesOfFolder } from './dropped-files.ts';
import type { PlacedSource } from './upload.ts';
import { shownFolder, useUploadQueue } from './upload-provider.tsx';

const UrlsDialog = lazy(() => import('./urls-dialog.tsx'));

/** Chooses what is uploaded into the folder that is shown: files, a folder with all below it, or files from elsewhere. */
export function UploadMenu() {
  const { upload } = useText();
  const queue = useUploadQueue();
  const menu = useId();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [asksUrls, setAsksUrls] = useState(false);
  if (!queue) return null;
  const add = (input: RefObject<HTMLInputElement | null>, placed: readonly PlacedSource[]) => {
    queue.add(placed);
    // The same file chosen again is another choice.
    if (input.current) input.current.value = '';
  };
  return (
    <div className="upload-menu">
      <input
        ref={files}
        type="file"
        multiple
        hidden
        onChange={({ target }) =>
          add(
            files,
            [...(target.files ?? [])].map((source) => ({ source, folder: shownFolder() })),
          )
        }
      />
      <input
        ref={folder}
        type="file"
        webkitdirectory=""
        hidden
        onChange={({ target }) => add(folder, filesOfFolder(target.files ?? [], shownFolder()))}
      />
      <Button variant="primary" onClick={() => files.current?.click()}>
        {upload.button}
      </Button>
      <button type="button" className="chip" popoverTarget={menu} aria-label={upload.more}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="m7 10 5 5 5-5" />
        </svg>
      </button>
      <div id={menu} popover="auto" className="menu">
        <button type="button" popoverTarget={menu} popoverTargetAction="hide" onClick={() => folder.current?.click()}>
          {upload.folder}
        </button>
        <button type="button" popoverTarget={menu} popoverTargetAction="hide" onClick={() => setAsksUrls(true)}>
          {upload.fromUrls}
        </button>
      </div>
      {asksUrls && (
        <Suspense>
          <UrlsDialog
            upload={(urls) => queue.add(urls.map((source) => ({ source, folder: shownFolder() })))}
            close={() => setAsksUrls(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

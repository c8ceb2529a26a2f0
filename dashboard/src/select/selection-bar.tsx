import Button from '@cloudscape-design/components/button';
import { lazy, Suspense, useState } from 'react';
import type { View } from '../browse/view.ts';
import { formatBytes } from '../i18n/format.ts';
import { useTexts } from '../i18n/text.tsx';
import { useMay } from '../session/session.ts';
import { MoreActions } from './more-actions.tsx';
import { SelectMatches } from './select-matches.tsx';
import type { Selection } from './selection.ts';
import type { SelectionDialog } from './selection-dialog.ts';
import { trash } from './trash-actions.ts';
import { useFileAction } from './use-file-action.ts';
import './select.css';

const SelectionDialogs = lazy(() => import('./selection-dialogs.tsx'));

export interface SelectionBarProps {
  readonly selection: Selection;
  readonly view: View;
  /** Whether there are files of the view that are not loaded. */
  readonly hasMore: boolean;
  readonly dialog: SelectionDialog | undefined;
  readonly openDialog: (dialog: SelectionDialog | undefined) => void;
}

/** What can be done with the selected files. */
export default function SelectionBar({ selection, view, hasMore, dialog, openDialog }: SelectionBarProps) {
  const { text, locale } = useTexts();
  const { select } = text;
  const may = useMay();
  const run = useFileAction();
  const [isBusy, setIsBusy] = useState(false);
  const { files, clear } = selection;
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const act: typeof run = async (action, some) => {
    setIsBusy(true);
    clear();
    await run(action, some).finally(() => setIsBusy(false));
  };
  return (
    <section className="selection-bar" aria-label={select.count(files.length)}>
      <span aria-live="polite">
        {select.count(files.length)} <span className="quiet">{formatBytes(bytes, locale)}</span>
      </span>
      <SelectMatches view={view} selection={selection} isOffered={hasMore} />
      {may('files.move') && <Button onClick={() => openDialog('move')}>{select.moveTo}</Button>}
      {may('files.update') && <Button onClick={() => openDialog('tags')}>{select.tags}</Button>}
      {may('files.delete') && (
        <Button loading={isBusy} onClick={() => void act(trash(text), files)}>
          {select.remove}
        </Button>
      )}
      <MoreActions files={files} act={(action) => void act(action, files)} openDialog={openDialog} />
      <Button variant="link" onClick={clear}>
        {select.clear}
      </Button>
      {dialog && (
        <Suspense>
          <SelectionDialogs
            dialog={dialog}
            files={files}
            act={(action) => void act(action, files)}
            close={() => openDialog(undefined)}
          />
        </Suspense>
      )}
    </section>
  );
}

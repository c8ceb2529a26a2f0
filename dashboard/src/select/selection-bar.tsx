import Button from '@cloudscape-design/components/button';
import { lazy, Suspense, useState } from 'react';
import { formatBytes } from '../i18n/format.ts';
import { useTexts } from '../i18n/text.tsx';
import { useMay } from '../session/session.ts';
import { MoreActions } from './more-actions.tsx';
import { SelectMatches } from './select-matches.tsx';
import type { Selection } from './selection.ts';
import type { SelectionDialog } from './selection-dialog.ts';
import { trash } from './trash-actions.ts';
import type { AllMatches } from './use-all-matches.ts';
import { useFileAction } from './use-file-action.ts';
import './select.css';

const SelectionDialogs = lazy(() => import('./selection-dialogs.tsx'));

export interface SelectionBarProps {
  readonly selection: Selection;
  /** @default there are no files of the view that nobody has scrolled to */
  readonly matches: AllMatches | undefined;
  readonly dialog: SelectionDialog | undefined;
  readonly openDialog: (dialog: SelectionDialog | undefined) => void;
}

/** What can be done with the selected files. */
export default function SelectionBar({ selection, matches, dialog, openDialog }: SelectionBarProps) {
  const { text, locale } = useTexts();
  const { select } = text;
  const may = useMay();
  const run = useFileAction();
  const [isBusy, setIsBusy] = useState(false);
  const { files, clear } = selection;
  const act: typeof run = async (action, some) => {
    setIsBusy(true);
    clear();
    await run(action, some).finally(() => setIsBusy(false));
  };
  return (
    <section className="selection-bar" aria-label={select.count(files.count)}>
      <span aria-live="polite">
        {select.count(files.count)} <span className="quiet">{formatBytes(files.bytes, locale)}</span>
      </span>
      {matches && <SelectMatches matches={matches} />}
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

import { useId } from 'react';
import { useText } from '../i18n/text.tsx';
import { useMay } from '../session/session.ts';
import { useZips } from '../zips/zip-provider.tsx';
import type { ChosenFiles } from './chosen-files.ts';
import type { FileAction } from './file-action.ts';
import type { SelectionDialog } from './selection-dialog.ts';
import { setPrivate, setPublished } from './visibility-actions.ts';

export interface MoreActionsProps {
  readonly files: ChosenFiles;
  readonly act: (action: FileAction) => void;
  readonly openDialog: (dialog: SelectionDialog) => void;
}

/** What is done rarely, in the browser's own popover. Only what would change a file is offered. */
export function MoreActions({ files, act, openDialog }: MoreActionsProps) {
  const text = useText();
  const may = useMay();
  const zips = useZips();
  const menu = useId();
  const { select } = text;
  const offers: readonly (readonly [label: string, isOffered: boolean, run: () => void])[] = [
    [select.makePrivate, files.states.has('public'), () => act(setPrivate(text, true))],
    [select.makePublic, files.states.has('private') && may('folders.restrict'), () => act(setPrivate(text, false))],
    [select.publish, files.states.has('draft'), () => act(setPublished(text, true))],
    [select.unpublish, files.states.has('published'), () => act(setPublished(text, false))],
  ];
  const shown = may('files.update') ? offers.filter(([, isOffered]) => isOffered) : [];
  const all = [
    [text.zips.make, true, () => zips.begin(files)] as const,
    ...(may('folders.restrict') ? [[text.shares.share, true, () => openDialog('share')] as const] : []),
    ...shown,
    ...(may('files.purge') ? [[select.purgeFor, true, () => openDialog('purge')] as const] : []),
  ];
  return (
    <>
      <button type="button" className="more-button" popoverTarget={menu}>
        {select.more}
      </button>
      <div id={menu} popover="auto" className="menu more-menu">
        {all.map(([label, , run]) => (
          <button key={label} type="button" popoverTarget={menu} popoverTargetAction="hide" onClick={run}>
            {label}
          </button>
        ))}
      </div>
    </>
  );
}

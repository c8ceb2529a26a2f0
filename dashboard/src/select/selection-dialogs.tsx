import { ShareDialog } from '../shares/share-dialog.tsx';
import type { FileAction } from './file-action.ts';
import { MoveDialog } from './move-dialog.tsx';
import { PurgeDialog } from './purge-dialog.tsx';
import type { SelectedFile } from './selection.ts';
import { TagsDialog } from './tags-dialog.tsx';

export type SelectionDialog = 'move' | 'tags' | 'purge' | 'share';

export interface SelectionDialogProps {
  readonly files: readonly SelectedFile[];
  readonly act: (action: FileAction) => void;
  readonly close: () => void;
}

const DIALOGS = { move: MoveDialog, tags: TagsDialog, purge: PurgeDialog, share: ShareDialog } as const;

/** What asks something before it is done with the selected files. */
export default function SelectionDialogs({
  dialog,
  ...props
}: SelectionDialogProps & { readonly dialog: SelectionDialog }) {
  const Dialog = DIALOGS[dialog];
  return <Dialog {...props} />;
}

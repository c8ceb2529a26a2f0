import { ShareDialog } from '../shares/share-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { PurgeDialog } from './purge-dialog.tsx';
import type { SelectionDialog, SelectionDialogProps } from './selection-dialog.ts';
import { TagsDialog } from './tags-dialog.tsx';

const DIALOGS = { move: MoveDialog, tags: TagsDialog, purge: PurgeDialog, share: ShareDialog } as const;

/** What asks something before it is done with the selected files. */
export default function SelectionDialogs({
  dialog,
  ...props
}: SelectionDialogProps & { readonly dialog: SelectionDialog }) {
  const Dialog = DIALOGS[dialog];
  return <Dialog {...props} />;
}

import { useText } from '../i18n/text.tsx';
import { useMay } from '../session/session.ts';
import type { Selection } from './selection.ts';
import type { SelectionDialog } from './selection-dialog.ts';
import { trash } from './trash-actions.ts';
import { useFileAction } from './use-file-action.ts';

/** Keys for what is done with the selected files most. @returns what does it; false for a key that stands for nothing */
export function useSelectionKeys(
  selection: Selection,
  ask: (dialog: SelectionDialog) => void,
): (key: string) => boolean {
  const text = useText();
  const may = useMay();
  const run = useFileAction();
  return (key) => {
    const { files, clear } = selection;
    if (files.count === 0) return false;
    if (key === 'm' && may('files.move')) ask('move');
    else if (key === 't' && may('files.update')) ask('tags');
    else if (key === 'Delete' && may('files.delete')) {
      clear();
      void run(trash(text), files);
    } else return false;
    return true;
  };
}

import type { ChosenFiles } from './chosen-files.ts';
import type { FileAction } from './file-action.ts';

/** What can be asked before something is done with the selected files. */
export type SelectionDialog = 'move' | 'tags' | 'purge' | 'share';

/** What each of these dialogs is given. */
export interface SelectionDialogProps {
  readonly files: ChosenFiles;
  readonly act: (action: FileAction) => void;
  readonly close: () => void;
}

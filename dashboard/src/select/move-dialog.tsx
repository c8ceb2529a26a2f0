import { useState } from 'react';
import { useText } from '../i18n/text.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import { folderOf } from './file-action.ts';
import { FolderPicker } from './folder-picker.tsx';
import { moveTo } from './move-action.ts';
import type { SelectionDialogProps } from './selection-dialog.ts';

/** Chooses the folder into which the files go. */
export function MoveDialog({ files, act, close }: SelectionDialogProps) {
  const text = useText();
  const [folder, setFolder] = useState<string>();
  const submit = () => {
    if (folder !== undefined) act(moveTo(text, folder));
    close();
  };
  return (
    <FormDialog
      title={text.select.moveFiles(files.count)}
      submitLabel={text.select.moveTo}
      submit={submit}
      close={close}
      canSubmit={folder !== undefined}
    >
      <FolderPicker from={folderOf(files.sample[0]?.filePath ?? '/')} folder={folder} setFolder={setFolder} />
    </FormDialog>
  );
}

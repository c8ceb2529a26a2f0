import { useState } from 'react';
import { useText } from '../i18n/text.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import { FolderPicker } from './folder-picker.tsx';
import './select.css';
import { canMoveFolder, useMoveFolder } from './use-move-folder.ts';

export interface MoveFolderDialogProps {
  /** Of the folder that is moved. */
  readonly path: string;
  readonly close: () => void;
}

/** Chooses the folder into which a folder goes. */
export default function MoveFolderDialog({ path, close }: MoveFolderDialogProps) {
  const text = useText();
  const move = useMoveFolder();
  const [folder, setFolder] = useState<string>();
  const submit = () => {
    if (folder !== undefined) void move(path, folder);
    close();
  };
  return (
    <FormDialog
      title={text.select.moveFolder}
      submitLabel={text.select.moveTo}
      submit={submit}
      close={close}
      canSubmit={folder !== undefined}
    >
      <FolderPicker from={path} folder={folder} setFolder={setFolder} isOffered={(into) => canMoveFolder(path, into)} />
    </FormDialog>
  );
}

import { useState } from 'react';
import { useFolders } from '../browse/library-queries.ts';
import { TreeToggle } from '../browse/tree-toggle.tsx';
import { useText } from '../i18n/text.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import { folderOf } from './file-action.ts';
import { moveTo } from './move-action.ts';
import type { SelectionDialogProps } from './selection-dialogs.tsx';

/** Chooses the folder into which the files go. */
export function MoveDialog({ files, act, close }: SelectionDialogProps) {
  const text = useText();
  const from = folderOf(files[0]?.filePath ?? '/');
  const [folder, setFolder] = useState<string>();
  const submit = () => {
    if (folder !== undefined) act(moveTo(text, folder));
    close();
  };
  return (
    <FormDialog
      title={text.select.moveFiles(files.length)}
      submitLabel={text.select.moveTo}
      submit={submit}
      close={close}
      canSubmit={folder !== undefined}
    >
      <fieldset className="picker">
        <legend>{text.select.into}</legend>
        <ul>
          <Choice name={text.browse.root} path="/" {...{ from, folder, setFolder }} />
        </ul>
      </fieldset>
    </FormDialog>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly path: string;
  /** Path of the folder from which they come: the tree is open to there. */
  readonly from: string;
  readonly folder: string | undefined;
  readonly setFolder: (path: string) => void;
}

/** A folder that can be chosen, with those in it. */
function Choice({ name, path, ...shared }: ChoiceProps) {
  const { from, folder, setFolder } = shared;
  const [isOpen, setIsOpen] = useState(path === '/' || from.startsWith(`${path}/`));
  const { data: folders } = useFolders(path, isOpen);
  return (
    <li>
      <div className="tree-line">
        <TreeToggle name={name} isOpen={isOpen} toggle={() => setIsOpen(!isOpen)} />
        <label>
          <input type="radio" name="folder" checked={folder === path} onChange={() => setFolder(path)} />
          <span>{name}</span>
        </label>
      </div>
      {isOpen && (
        <ul>
          {folders?.map((one) => (
            <Choice key={one.folderId} name={one.name} path={one.folderPath} {...shared} />
          ))}
        </ul>
      )}
    </li>
  );
}

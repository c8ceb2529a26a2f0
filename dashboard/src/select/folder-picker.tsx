import { useState } from 'react';
import { useFolders } from '../browse/library-queries.ts';
import { TreeToggle } from '../browse/tree-toggle.tsx';
import { useText } from '../i18n/text.tsx';

export interface FolderPickerProps {
  /** Path of the folder from which something comes: the tree is open to there. */
  readonly from: string;
  readonly folder: string | undefined;
  readonly setFolder: (path: string) => void;
  /** Which folders can be chosen. @default all of them */
  readonly isOffered?: (path: string) => boolean;
}

/** Chooses one folder of the library. */
export function FolderPicker(props: FolderPickerProps) {
  const { browse, select } = useText();
  return (
    <fieldset className="picker">
      <legend>{select.into}</legend>
      <ul>
        <Choice name={browse.root} path="/" {...props} />
      </ul>
    </fieldset>
  );
}

/** A folder that can be chosen, with those in it. */
function Choice({ name, path, ...shared }: FolderPickerProps & { readonly name: string; readonly path: string }) {
  const { from, folder, setFolder, isOffered } = shared;
  const [isOpen, setIsOpen] = useState(path === '/' || from === path || from.startsWith(`${path}/`));
  const { data: folders } = useFolders(path, isOpen);
  return (
    <li>
      <div className="tree-line">
        <TreeToggle name={name} isOpen={isOpen} toggle={() => setIsOpen(!isOpen)} />
        <label>
          <input
            type="radio"
            name="folder"
            checked={folder === path}
            disabled={isOffered?.(path) === false}
            onChange={() => setFolder(path)}
          />
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

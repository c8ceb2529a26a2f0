import { useState } from 'react';
import { Link, useRoute } from 'wouter';
import { useText } from '../i18n/text.tsx';
import { useFolderDrag, useFolderDrop } from '../select/use-folder-drop.ts';
import { useFolders } from './library-queries.ts';
import { TreeToggle } from './tree-toggle.tsx';
import { useView } from './use-view.ts';
import { viewAddress } from './view.ts';

/** The library's folders. What is in one is asked when it is opened. */
export function FolderTree() {
  const text = useText();
  const [isLibrary] = useRoute('/');
  const [view] = useView();
  const shown = isLibrary ? view.path : undefined;
  const drop = useFolderDrop('/');
  return (
    <ul className="tree">
      <li>
        <Link href="/" className="tree-link" aria-current={shown === '/' ? 'page' : undefined} {...drop}>
          {text.nav.library}
        </Link>
        <Branches path="/" shown={shown} />
      </li>
    </ul>
  );
}

function Branches({ path, shown }: { readonly path: string; readonly shown: string | undefined }) {
  const { data: folders } = useFolders(path);
  if (!folders?.length) return null;
  return (
    <ul>
      {folders.map(({ folderId, name, folderPath }) => (
        <Branch key={folderId} name={name} path={folderPath} shown={shown} />
      ))}
    </ul>
  );
}

interface BranchProps {
  readonly name: string;
  readonly path: string;
  readonly shown: string | undefined;
}

/** Open from the start when it leads to the folder that is shown. */
function Branch({ name, path, shown }: BranchProps) {
  const [isOpen, setIsOpen] = useState(shown?.startsWith(`${path}/`) ?? false);
  const drop = useFolderDrop(path);
  const drag = useFolderDrag(path);
  return (
    <li>
      <div className="tree-line">
        <TreeToggle name={name} isOpen={isOpen} toggle={() => setIsOpen(!isOpen)} />
        <Link
          href={viewAddress({ path })}
          className="tree-link"
          title={name}
          aria-current={shown === path ? 'page' : undefined}
          {...drag}
          {...drop}
        >
          {name}
        </Link>
      </div>
      {isOpen && <Branches path={path} shown={shown} />}
    </li>
  );
}

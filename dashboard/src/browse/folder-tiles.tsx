import { Link } from 'wouter';
import { useText } from '../i18n/text.tsx';
import { useFolderDrag, useFolderDrop } from '../select/use-folder-drop.ts';
import { type LibraryFolder, useFolders } from './library-queries.ts';
import { type View, viewAddress } from './view.ts';

/** The folders in a folder. */
export function FolderTiles({ view }: { readonly view: View }) {
  const { browse } = useText();
  const { data: folders } = useFolders(view.path);
  if (!folders?.length) return null;
  return (
    <ul className="tiles" aria-label={browse.folders}>
      {folders.map((folder) => (
        <FolderTile key={folder.folderId} folder={folder} view={view} />
      ))}
    </ul>
  );
}

function FolderTile({ folder, view }: { readonly folder: LibraryFolder; readonly view: View }) {
  const { name, folderPath } = folder;
  const drop = useFolderDrop(folderPath);
  const drag = useFolderDrag(folderPath);
  return (
    <li>
      <Link href={viewAddress({ ...view, path: folderPath })} className="tile" title={name} {...drag} {...drop}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M3 6h6l2 2h10v11H3z" />
        </svg>
        <span>{name}</span>
      </Link>
    </li>
  );
}

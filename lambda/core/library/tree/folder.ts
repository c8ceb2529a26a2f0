import type { FolderEntry } from '../store/records.ts';
import { ROOT_FOLDER } from '../store/records.ts';

/** A folder as it was found: where it is and what it inherits. */
export interface Folder {
  readonly folderId: string;
  /** Leading slash, no trailing one; `/` for the root. */
  readonly path: string;
  /** Ids from the root to the folder itself. */
  readonly chain: readonly string[];
  /** It or a folder above it is private. */
  readonly isPrivate: boolean;
  /** The tree's stamp under which all of this held. */
  readonly stamp: number;
}

export const rootFolder = (stamp: number): Folder => ({
  folderId: ROOT_FOLDER,
  path: '/',
  chain: [ROOT_FOLDER],
  isPrivate: false,
  stamp,
});

/** The path of something in a folder. */
export const pathIn = (folder: Pick<Folder, 'path'>, name: string): string =>
  folder.path === '/' ? `/${name}` : `${folder.path}/${name}`;

/** A folder that lies in another one. */
export const folderBelow = (
  parent: Folder,
  { folderId, name, isPrivate }: Pick<FolderEntry, 'folderId' | 'name' | 'isPrivate'>,
): Folder => ({
  folderId,
  path: pathIn(parent, name),
  chain: [...parent.chain, folderId],
  isPrivate: parent.isPrivate || isPrivate,
  stamp: parent.stamp,
});

export const levelsOf = (path: string): string[] => path.split('/').filter((level) => level !== '');

import type { NumberedVersion } from '../store/numbered-version.ts';
import type { FolderNode } from '../store/records.ts';
import type { LibraryFile } from './library-file.ts';
import type { ListCursor } from './list-cursor.ts';

/** Something that a list has. */
export type ListedAsset =
  | { readonly kind: 'file'; readonly file: LibraryFile }
  /** A version that is not the current one. */
  | { readonly kind: 'version'; readonly file: LibraryFile; readonly numbered: NumberedVersion }
  | { readonly kind: 'folder'; readonly node: FolderNode; readonly path: string };

export interface ListedAssets {
  readonly assets: readonly ListedAsset[];
  /** Undefined at the end, and for the type `all`. */
  readonly next?: ListCursor;
}

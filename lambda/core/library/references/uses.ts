import { isAllowed } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { LibraryFile } from '../files/library-file.ts';
import type { FileReference } from '../store/file-reference.ts';

/** A setting that names a file by its path: a named transformation with a layer, a default image or a font. */
export interface PathInSetting {
  /** Of the named transformation. */
  readonly name: string;
  readonly as: 'layer' | 'default-image' | 'font';
  readonly path: string;
}

/** Where a file is used, as a caller may know it. */
export type FileUse =
  | { readonly kind: 'registered'; readonly path: string; readonly reference: FileReference }
  /** Without its name for who may not read named transformations. */
  | {
      readonly kind: 'named-transformation';
      readonly path: string;
      readonly as: PathInSetting['as'];
      readonly name?: string;
    };

export const registeredUse = ({ path }: Pick<LibraryFile, 'path'>, reference: FileReference): FileUse => ({
  kind: 'registered',
  path,
  reference,
});

/** Those settings that name one of the paths that are meant, as a caller may know them. */
export function settingUses(
  caller: Caller,
  settings: readonly PathInSetting[],
  isMeant: (path: string) => boolean,
): FileUse[] {
  const mayRead = isAllowed(caller, 'names.read');
  return settings
    .filter(({ path }) => isMeant(path))
    .map(({ name, as, path }) => ({ kind: 'named-transformation', path, as, ...(mayRead && { name }) }));
}

/** Whether a path is that of something in a folder or below. */
export const isBelow =
  (folder: string) =>
  (path: string): boolean =>
    path.startsWith(`${folder}/`);

import type { Caller } from '../../kernel/caller.ts';
import type { LibraryFile } from '../files/library-file.ts';
import { fileById } from '../files/library-file.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { NumberedVersion } from '../store/numbered-version.ts';
import { versionsOf } from '../store/numbered-version.ts';

/** All versions of a file, the current one first, then the newest. */
export async function listVersions(
  { store }: { readonly store: LibraryStore },
  caller: Caller,
  fileId: string,
): Promise<{ file: LibraryFile; versions: NumberedVersion[] }> {
  const file = await fileById(store, caller, 'files.read', fileId);
  const versions = await versionsOf(store, file.head);
  versions.sort((one, other) => Number(other.isCurrent) - Number(one.isCurrent) || other.number - one.number);
  return { file, versions };
}

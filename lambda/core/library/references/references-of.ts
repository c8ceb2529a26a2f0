import type { FileReference } from '../store/file-reference.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { FileHead } from '../store/records.ts';

/** Everything that other systems told of a file, the oldest first. */
export async function referencesOf(
  store: Pick<LibraryStore, 'references'>,
  { histories }: Pick<FileHead, 'histories'>,
): Promise<FileReference[]> {
  const found = await Promise.all(histories.map(({ id }) => store.references(id)));
  return found.flat().sort((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
}

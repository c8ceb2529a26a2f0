import type { LibraryFile } from '../browse/library-queries.ts';

/** What actions need to know of a file; of 100,000 of them the rest would be too much. */
export type SelectedFile = Pick<
  LibraryFile,
  'fileId' | 'name' | 'filePath' | 'tags' | 'isPrivateFile' | 'isPublished' | 'size'
>;

export const toSelected = (file: SelectedFile): SelectedFile => {
  const { fileId, name, filePath, tags, isPrivateFile, isPublished, size } = file;
  return { fileId, name, filePath, tags, isPrivateFile, isPublished, size };
};

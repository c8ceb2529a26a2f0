import { problem } from '../../kernel/problems.ts';

/** Folder and name of a file, as they stand in the library. */
export interface FilePath {
  readonly folderPath: string;
  readonly name: string;
}

/**
 * A file's path as clients write it: with or without a leading slash. What no file can be called is simply missing.
 * @throws Problem file.invalid
 */
export function readFilePath(path: string, member: string): FilePath {
  const levels = path
    .normalize('NFC')
    .split('/')
    .filter((level) => level !== '');
  const name = levels.pop();
  if (name === undefined)
    throw problem('file.invalid', `${member} must be the path of a file, such as /folder/name.jpg.`);
  return { folderPath: `/${levels.join('/')}`, name };
}

import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import { sanitiseLevel, sanitiseName } from '../asset-path.ts';
import { pathIn } from '../tree/folder.ts';

/** Where an object belongs in the library. */
export interface PlaceInLibrary {
  readonly folderPath: string;
  readonly name: string;
}

/** As uploads are kept to. */
const ALLOWED = 'letters, digits, marks, "_" and "-", in file names "." too';

/**
 * The place of an object below the folder of its import.
 * @param key below the import's prefix
 * @param replaces what names may not hold becomes `_`, as with uploads
 * @throws Problem import.invalid for a key that is no path of the library
 */
export function placeInLibrary(folder: string, key: string, replaces: boolean): PlaceInLibrary {
  const levels = key.split('/');
  const name = levels.pop() ?? '';
  if ([name, ...levels].some((level) => /^\.*$/.test(level))) {
    throw problem('import.invalid', 'A level of its key is empty, or dots alone.');
  }
  const place = { levels: levels.map(sanitiseLevel), name: sanitiseName(name) };
  if (!replaces && [...place.levels, place.name].join('/') !== key) {
    throw problem(
      'import.invalid',
      `A path of the library has ${ALLOWED}, in Unicode NFC; its key has other characters.`,
    );
  }
  const folderPath = place.levels.reduce((path, level) => pathIn({ path }, level), folder);
  requireFit(folderPath, place.name);
  return { folderPath, name: place.name };
}

function requireFit(folderPath: string, name: string): void {
  const levels = folderPath.split('/').length - 1;
  if (levels > LIMITS.folderLevels) {
    throw problem('import.invalid', `A path may have at most ${LIMITS.folderLevels} levels, this one has ${levels}.`);
  }
  const bytes = Buffer.byteLength(pathIn({ path: folderPath }, name));
  if (bytes > LIMITS.pathBytes) {
    throw problem(
      'import.invalid',
      `A path may have at most ${LIMITS.pathBytes} bytes in UTF-8, this one has ${bytes}.`,
    );
  }
}

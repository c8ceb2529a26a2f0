import { LIMITS } from '../../contract/limits.ts';
import { problem } from '../kernel/problems.ts';

/**
 * Names and folders of the library. Kept characters are ImageKit's ("Upload file": letters, marks and numerals of any
 * script and a few signs); every other character becomes one `_`, so no name ever holds a slash, an escape, a space or
 * a control character. Text is brought to Unicode NFC first: two spellings of one name must not be two assets.
 */
export function sanitiseName(fileName: string): string {
  const name = fileName.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._-]/gu, '_');
  if (name === '' || /^\.+$/.test(name)) {
    throw problem('upload.invalid-parameter', 'fileName needs at least one character that is not a dot.');
  }
  return name;
}

/** One level of a folder's path, or the name of a folder. */
export const sanitiseLevel = (level: string): string => level.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}_-]/gu, '_');

/** The folder as a path: leading slash, no trailing one, `/` for the root. Dots are not kept, so neither is `..`. */
export function sanitiseFolder(folder: string): string {
  const levels = folder
    .split('/')
    .filter((level) => level !== '')
    .map(sanitiseLevel);
  if (levels.length > LIMITS.folderLevels) {
    throw problem(
      'upload.invalid-parameter',
      `folder may have at most ${LIMITS.folderLevels} levels, this one has ${levels.length}.`,
    );
  }
  return `/${levels.join('/')}`;
}

/** The asset's path. @throws upload.invalid-parameter above `LIMITS.pathBytes` */
export function joinPath(folder: string, name: string): string {
  const path = folder === '/' ? `/${name}` : `${folder}/${name}`;
  const bytes = Buffer.byteLength(path);
  if (bytes > LIMITS.pathBytes) {
    throw problem(
      'upload.invalid-parameter',
      `folder and fileName together may have at most ${LIMITS.pathBytes} bytes in UTF-8, these have ${bytes}.`,
    );
  }
  return path;
}

/** `photo.jpg` and `aB3_-xyz0` make `photo_aB3_-xyz0.jpg`. */
export function withSuffix(name: string, suffix: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)}_${suffix}${name.slice(dot)}` : `${name}_${suffix}`;
}

/** Lower-case extension without the dot, or empty; only what is safe and short enough in an object key. */
export function extensionOf(name: string): string {
  return /[^.]\.([a-z0-9]{1,16})$/.exec(name.toLowerCase())?.[1] ?? '';
}

/** The path as it stands in a URL: every level escaped, slashes kept. */
export function escapePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

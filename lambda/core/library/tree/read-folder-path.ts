import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import { sanitiseLevel } from '../asset-path.ts';
import { levelsOf } from './folder.ts';

/** The path of a folder that is there, as clients write it: with or without slashes around it. */
export const readFolderPath = (path: string): string => `/${levelsOf(path.normalize('NFC')).join('/')}`;

/**
 * The path of a folder that may have to be made. What a name may not hold becomes `_`, as with uploads; dots alone would
 * mean another folder and are refused.
 * @param member that the message names
 * @throws Problem folder.invalid
 */
export function readNewFolderPath(path: string, member: string): string {
  const levels = levelsOf(path);
  if (levels.some((level) => /^\.+$/.test(level))) {
    throw problem('folder.invalid', `${member} may not have levels of dots alone.`);
  }
  return requireFolderPath(`/${levels.map(sanitiseLevel).join('/')}`, member);
}

/**
 * The name of a new folder. What it may not hold becomes `_`.
 * @throws Problem folder.invalid for dots alone
 */
export function readFolderName(name: string): string {
  if (/^\.+$/.test(name)) throw problem('folder.invalid', 'The name of a folder may not be dots alone.');
  return sanitiseLevel(name);
}

/** @throws Problem folder.invalid above `LIMITS.folderLevels` or `LIMITS.pathBytes` */
export function requireFolderPath(path: string, member: string): string {
  const levels = levelsOf(path).length;
  if (levels <= LIMITS.folderLevels) return requireShortPath(path, member);
  throw problem('folder.invalid', `${member} may have at most ${LIMITS.folderLevels} levels, it has ${levels}.`);
}

/** @throws Problem folder.invalid above `LIMITS.pathBytes` */
export function requireShortPath(path: string, member: string): string {
  const bytes = Buffer.byteLength(path);
  if (bytes <= LIMITS.pathBytes) return path;
  throw problem('folder.invalid', `${member} may have at most ${LIMITS.pathBytes} bytes in UTF-8, it has ${bytes}.`);
}

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StartFault } from './start-fault.ts';

/**
 * Stops a start that would begin anew beside what is kept: objects without the tables, secrets and keys that belong to
 * them. Before the first object a missing file is only a start that was broken off.
 * @param folder of everything that survives
 * @param objects folder with the bytes of objects
 * @param files that a first start makes, below `folder`
 * @throws StartFault naming what is missing
 */
export function requireKeptFiles(folder: string, objects: string, files: readonly string[]): void {
  if (!hasFiles(objects)) return;
  const missing = files.map((file) => join(folder, file)).filter((path) => !hasContent(path));
  if (missing.length === 0) return;
  throw new StartFault(
    `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing or empty, and without it the objects in ` +
      `${objects} cannot be used. Restore it from a copy, or move the whole folder ${folder} away to begin anew. ` +
      'Nothing was changed.',
  );
}

function hasFiles(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function hasContent(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

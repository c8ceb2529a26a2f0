import { LIBRARY_FILE } from '../../contract/backup.ts';
import type { WritableBackupFiles } from './backup-files.ts';

/**
 * The id of the library beside whose originals the files are; it is made with the first of them. A region that is made anew has
 * another one: what it writes before it is restored must not take the place of what the one before had written.
 */
export async function libraryId(files: WritableBackupFiles, hexId: () => string): Promise<string> {
  const text = await files.read(LIBRARY_FILE);
  if (text !== undefined) return (JSON.parse(text) as { readonly id: string }).id;
  await files.create(LIBRARY_FILE, `${JSON.stringify({ v: 1, id: hexId() })}\n`);
  return libraryId(files, hexId);
}

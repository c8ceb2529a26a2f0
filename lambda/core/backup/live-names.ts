import { liveFileKey, liveFolderKey, RECORD_FOLDERS } from '../../contract/backup.ts';
import type { FileEntry, FolderEntry } from '../library/store/records.ts';
import type { WritableBackupFiles } from './backup-files.ts';
import { inParallel } from './in-parallel.ts';

/** A name in a folder. */
export interface LiveName {
  readonly kind: 'file' | 'folder';
  /** Of the folder that it is in. */
  readonly folderId: string;
  readonly name: string;
}

export interface LiveNamesDeps {
  readonly files: WritableBackupFiles;
  readonly names: {
    readonly file: (folderId: string, name: string) => Promise<FileEntry | undefined>;
    readonly folder: (folderId: string, name: string) => Promise<FolderEntry | undefined>;
  };
}

/**
 * Keeps of each name what it stands for by now, in a file of its own beside the originals: whoever has them finds what is delivered under
 * a path, name by name. A folder that is moved is one file, whatever is in it. Told again or late, nothing old is written.
 */
export async function keepLiveNames(deps: LiveNamesDeps, names: Iterable<LiveName>): Promise<void> {
  const byKey = new Map([...names].map((name) => [keyOf(name), name]));
  await inParallel([...byKey], ([key, name]) => keepName(deps, key, name));
}

/**
 * Makes the files those of the names that there are: what was there before the backup was configured has none yet.
 * @param noted every name of the library, as it was read a while ago
 */
export async function completeLiveNames(deps: LiveNamesDeps, noted: Iterable<LiveName>): Promise<void> {
  const differing = new Map([...noted].map((name) => [keyOf(name), name]));
  for await (const key of deps.files.list(RECORD_FOLDERS.live)) {
    if (differing.delete(key)) continue;
    const name = nameAt(key);
    if (name) differing.set(key, name);
  }
  await keepLiveNames(deps, differing.values());
}

async function keepName({ files, names }: LiveNamesDeps, key: string, { kind, folderId, name }: LiveName) {
  const entry = await names[kind](folderId, name);
  if (!entry) return files.remove(key);
  await files.write(key, `${JSON.stringify({ v: 1, ...entry })}\n`);
}

const keyOf = ({ kind, folderId, name }: LiveName): string =>
  kind === 'file' ? liveFileKey(folderId, name) : liveFolderKey(folderId, name);

function nameAt(key: string): LiveName | undefined {
  const [folderId = '', kinds, name] = key.slice(RECORD_FOLDERS.live.length).split('/');
  if (name === undefined || (kinds !== 'files' && kinds !== 'folders')) return undefined;
  return { kind: kinds === 'files' ? 'file' : 'folder', folderId, name };
}

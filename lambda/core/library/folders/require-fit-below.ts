import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { Folder } from '../tree/folder.ts';
import { levelsOf } from '../tree/folder.ts';
import { entriesIn, foldersIn } from '../tree/walk-folder.ts';

type BelowReads = Pick<LibraryStore, 'files' | 'folders'>;

/** Folders that are looked into before a move goes on without having seen everything: a folder of any size moves in seconds. */
const MOST_FOLDERS = 120;

/** Names of files that are read where it may be tight. */
const MOST_NAMES = 10_000;

/** Folders that are looked into at the same time. */
const AT_ONCE = 8;

/** Bytes of a long file name (NAME_MAX of the usual file systems). Where one fits, no names of files are read. */
const LONG_NAME = 255;

/**
 * Refuses to give a folder a path under which something below it could not be reached any more. It reads folders, and files only
 * where their path would leave no room for a long name, so 100,000 files take no longer than none. What has too long a path
 * all the same, in a very large tree or for its extraordinary name, is in lists and reached by its id, and by its path again
 * under a shorter one.
 * @throws Problem folder.invalid above `LIMITS.folderLevels` or `LIMITS.pathBytes`
 */
export async function requireFitBelow(reads: BelowReads, folder: Folder, newPath: string): Promise<void> {
  const longer = Buffer.byteLength(newPath) - Buffer.byteLength(folder.path);
  const deeper = levelsOf(newPath).length - levelsOf(folder.path).length;
  // Everything below fits under the path that it has now.
  if (longer <= 0 && deeper <= 0) return;
  const { bytes, levels } = await longestBelow(reads, folder.folderId, LIMITS.pathBytes - Buffer.byteLength(newPath));
  refuseAbove(LIMITS.pathBytes, Buffer.byteLength(newPath) + bytes, `bytes in UTF-8 under "${newPath}"`);
  refuseAbove(LIMITS.folderLevels, levelsOf(newPath).length + levels, `levels under "${newPath}"`);
}

function refuseAbove(limit: number, found: number, what: string): void {
  if (found <= limit) return;
  throw problem('folder.invalid', `A path below the folder would have ${found} ${what}; ${limit} is the most.`);
}

interface Below {
  readonly folderId: string;
  /** Of the path from the folder that is moved. */
  readonly bytes: number;
  readonly levels: number;
}

/**
 * The longest path and the most levels of folders below one.
 * @param room bytes that a path from the folder on may have
 */
async function longestBelow(reads: BelowReads, folderId: string, room: number): Promise<Omit<Below, 'folderId'>> {
  const longest = { bytes: 0, levels: 0 };
  let names = 0;
  const queue: Below[] = [{ folderId, bytes: 0, levels: 0 }];
  const look = async ({ folderId: id, bytes, levels }: Below): Promise<void> => {
    longest.levels = Math.max(longest.levels, levels);
    const note = ({ name }: { readonly name: string }): number => {
      const length = bytes + 1 + Buffer.byteLength(name);
      longest.bytes = Math.max(longest.bytes, length);
      return length;
    };
    for await (const entry of foldersIn(reads, id)) {
      queue.push({ folderId: entry.folderId, bytes: note(entry), levels: levels + 1 });
      if (queue.length > MOST_FOLDERS) break;
    }
    if (bytes + 1 + LONG_NAME <= room) return;
    for await (const entry of entriesIn(reads, id)) {
      if (note(entry) > room || ++names > MOST_NAMES) return;
    }
  };
  for (let looked = 0; queue.length > 0 && looked < MOST_FOLDERS; ) {
    const next = queue.splice(0, AT_ONCE);
    looked += next.length;
    await Promise.all(next.map(look));
  }
  return longest;
}

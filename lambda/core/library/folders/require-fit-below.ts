import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import type { LibraryStore, Page, PageRequest } from '../store/library-store.ts';
import type { Folder } from '../tree/folder.ts';
import { levelsOf } from '../tree/folder.ts';

type BelowReads = Pick<LibraryStore, 'files' | 'folders'>;

/**
 * Pages that are read before a move goes on without having seen everything: a folder of any size moves in seconds. One path
 * of all its levels is two pages a level.
 */
const MOST_PAGES = 120;

const PAGE = 1000;

/**
 * Refuses to give a folder a path under which something below it could not be reached any more. Of a very large folder only
 * a part is looked at: what has too long a path then is in lists and reached by its id, and delivered again under a shorter one.
 * @throws Problem folder.invalid above `LIMITS.folderLevels` or `LIMITS.pathBytes`
 */
export async function requireFitBelow(reads: BelowReads, folder: Folder, newPath: string): Promise<void> {
  const longer = Buffer.byteLength(newPath) - Buffer.byteLength(folder.path);
  const deeper = levelsOf(newPath).length - levelsOf(folder.path).length;
  // Everything below fits under the path that it has now.
  if (longer <= 0 && deeper <= 0) return;
  const { bytes, levels } = await longestBelow(reads, folder.folderId);
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

/** The longest path and the most levels of folders below one. */
async function longestBelow(reads: BelowReads, folderId: string): Promise<Omit<Below, 'folderId'>> {
  const longest = { bytes: 0, levels: 0 };
  const queue: Below[] = [{ folderId, bytes: 0, levels: 0 }];
  let pages = 0;
  for (let at = queue.shift(); at && pages < MOST_PAGES; at = queue.shift()) {
    const { folderId: id, bytes, levels } = at;
    longest.levels = Math.max(longest.levels, levels);
    const lengthOf = ({ name }: { readonly name: string }) => bytes + 1 + Buffer.byteLength(name);
    const note = (length: number) => {
      longest.bytes = Math.max(longest.bytes, length);
      return length;
    };
    const most = MOST_PAGES - pages;
    const read = await Promise.all([
      eachPage(
        most,
        (request) => reads.folders(id, request),
        (entry) => queue.push({ folderId: entry.folderId, bytes: note(lengthOf(entry)), levels: levels + 1 }),
      ),
      eachPage(
        most,
        (request) => reads.files(id, request),
        (entry) => note(lengthOf(entry)),
      ),
    ]);
    pages += read[0] + read[1];
  }
  return longest;
}

/** @returns pages that were read */
async function eachPage<R>(
  most: number,
  read: (page: PageRequest) => Promise<Page<R>>,
  take: (record: R) => unknown,
): Promise<number> {
  let pages = 0;
  for (let from: string | undefined; pages < most; pages++) {
    const { records, next } = await read({ limit: PAGE, ...(from !== undefined && { from }) });
    for (const record of records) take(record);
    if (next === undefined) return pages + 1;
    from = next;
  }
  return pages;
}

import { problem } from '../../kernel/problems.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { FolderNode } from '../store/records.ts';
import { ROOT_FOLDER } from '../store/records.ts';
import type { Folder } from './folder.ts';
import { folderBelow, levelsOf, rootFolder } from './folder.ts';

/** What a path is resolved with. */
export type PathReads = Pick<LibraryStore, 'stamp' | 'cachedFolder' | 'cacheFolder' | 'folderEntry'>;

export type TreeReads = PathReads & Pick<LibraryStore, 'folderNode'>;

/** Walks that a moving tree may disturb before it is given up. */
const WALKS = 10;

/** Bytes of the longest path that can be remembered: a partition key may have 2048 (AWS, "Quotas in DynamoDB"). */
const LONGEST_PATH = 2000;

/** Levels that a walk upwards may have; more would be a circle, which no change can make. */
const LEVELS = 200;

/**
 * The folder under a path, or undefined. The answer held at one moment: the tree's stamp is read before the walk and after
 * it, and a walk in which a folder was moved is made again.
 * @param path in canonical form
 */
export async function findFolder(reads: PathReads, path: string): Promise<Folder | undefined> {
  if (Buffer.byteLength(path) > LONGEST_PATH) return undefined;
  const [stamp, cached] = await Promise.all([reads.stamp(), path === '/' ? undefined : reads.cachedFolder(path)]);
  if (path === '/') return rootFolder(stamp);
  if (cached?.stamp === stamp) return cached;
  const found = await whileTreeStands(reads, stamp, (current) => walkDown(reads, levelsOf(path), current));
  if (found) await reads.cacheFolder(found);
  return found;
}

/** A live folder by its id, or undefined when it or a folder above it is in the trash or gone. */
export async function locateFolder(
  reads: Pick<TreeReads, 'stamp' | 'folderNode'>,
  folderId: string,
): Promise<Folder | undefined> {
  const stamp = await reads.stamp();
  return whileTreeStands(reads, stamp, (current) => walkUp(reads, folderId, current));
}

async function whileTreeStands<T>(
  reads: Pick<TreeReads, 'stamp'>,
  stamp: number,
  walk: (stamp: number) => Promise<T>,
): Promise<T> {
  let before = stamp;
  for (let round = 0; round < WALKS; round++) {
    const result = await walk(before);
    const after = await reads.stamp();
    if (after === before) return result;
    before = after;
  }
  throw problem('busy', 'Folders are being moved by too many calls at once; try again.');
}

async function walkDown(
  reads: Pick<TreeReads, 'folderEntry'>,
  levels: readonly string[],
  stamp: number,
): Promise<Folder | undefined> {
  let folder = rootFolder(stamp);
  for (const name of levels) {
    const entry = await reads.folderEntry(folder.folderId, name);
    if (!entry) return undefined;
    folder = folderBelow(folder, entry);
  }
  return folder;
}

async function walkUp(
  reads: Pick<TreeReads, 'folderNode'>,
  folderId: string,
  stamp: number,
): Promise<Folder | undefined> {
  const nodes: FolderNode[] = [];
  for (let id = folderId; id !== ROOT_FOLDER; ) {
    const node = await reads.folderNode(id);
    if (node?.state !== 'live' || nodes.length === LEVELS) return undefined;
    nodes.unshift(node);
    id = node.parentId;
  }
  return nodes.reduce(folderBelow, rootFolder(stamp));
}

import type { LibraryStore } from '../store/library-store.ts';
import type { FolderNode } from '../store/records.ts';
import { ROOT_FOLDER } from '../store/records.ts';
import type { Folder } from './folder.ts';
import { folderBelow, rootFolder } from './folder.ts';

/** Levels that a walk upwards may have; more would be a circle, which no change can make. */
const LEVELS = 200;

/** Finds many folders by their ids. */
export interface FolderLocator {
  /** Live folders among these; one that is in the trash, or lies in one that is, is missing. */
  locate(folderIds: Iterable<string>): Promise<ReadonlyMap<string, Folder>>;
}

/**
 * Finds folders by their ids, all that are asked for at once a level at a time, and remembers what it read.
 * @param stamp under which it reads; a locator is used for one question only
 */
export function folderLocator(store: Pick<LibraryStore, 'folderNodes'>, stamp: number): FolderLocator {
  const nodes = new Map<string, FolderNode | undefined>();
  const found = new Map<string, Folder | undefined>([[ROOT_FOLDER, rootFolder(stamp)]]);
  return {
    locate: async (folderIds) => {
      const ids = [...new Set(folderIds)];
      await readUpwards(store, nodes, ids);
      const folders = ids.flatMap((id) => {
        const folder = folderOf(id, nodes, found);
        return folder ? [[id, folder] as const] : [];
      });
      return new Map(folders);
    },
  };
}

async function readUpwards(
  store: Pick<LibraryStore, 'folderNodes'>,
  nodes: Map<string, FolderNode | undefined>,
  ids: readonly string[],
): Promise<void> {
  let asked = ids.filter((id) => id !== ROOT_FOLDER && !nodes.has(id));
  while (asked.length > 0) {
    for (const id of asked) nodes.set(id, undefined);
    const read = await store.folderNodes(asked);
    for (const node of read) nodes.set(node.folderId, node);
    const parents = new Set(read.map(({ parentId }) => parentId));
    asked = [...parents].filter((id) => id !== ROOT_FOLDER && !nodes.has(id));
  }
}

function folderOf(
  id: string,
  nodes: ReadonlyMap<string, FolderNode | undefined>,
  found: Map<string, Folder | undefined>,
  level = 0,
): Folder | undefined {
  if (found.has(id)) return found.get(id);
  const node = nodes.get(id);
  const parent =
    node?.state === 'live' && level < LEVELS ? folderOf(node.parentId, nodes, found, level + 1) : undefined;
  const folder = node && parent && folderBelow(parent, node);
  found.set(id, folder);
  return folder;
}

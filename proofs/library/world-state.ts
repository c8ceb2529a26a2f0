import type { LibraryStore } from '../../lambda/core/library/store/library-store.ts';
import { versionsOf } from '../../lambda/core/library/store/numbered-version.ts';
import type { FileEntry, FileHead } from '../../lambda/core/library/store/records.ts';
import { ROOT_FOLDER } from '../../lambda/core/library/store/records.ts';
import type { LibraryWorld } from '../../test/core/library/library-world.ts';

/** Everything that users can see of a library, by path. Ids that a model cannot know are `?`. */
export interface WorldState {
  folders: Record<string, FolderState>;
  files: Record<string, FileState>;
  trash: Record<string, TrashState>;
}

export interface FolderState {
  id: string;
  isPrivate: boolean;
}

export interface FileState {
  id: string;
  versions: { id: string; number: number; text: string }[];
  current: string;
  lastNumber: number;
  tags: string[];
  isPrivate: boolean;
}

/** What is in the trash, with paths below its own. */
export interface TrashState {
  kind: 'file' | 'folder';
  path: string;
  /** Id of the folder that it was in. */
  home: string;
  folders: Record<string, FolderState>;
  files: Record<string, FileState>;
}

type Subtree = Pick<WorldState, 'folders' | 'files'>;

/** Reads all of a library. */
export async function readWorld(
  { deps: { store }, objects }: LibraryWorld,
  trashDays: readonly string[],
): Promise<WorldState> {
  const live: Subtree = { folders: {}, files: {} };
  await readFolder(store, objects, ROOT_FOLDER, '', live);
  const trash: Record<string, TrashState> = {};
  for (const day of trashDays) {
    const items = await store.trashedOn(day);
    const reads = items.map(async ({ id, kind, path }) => {
      const subtree: Subtree = { folders: {}, files: {} };
      const [head, node] = await Promise.all([store.head(id), store.folderNode(id)]);
      if (head) [subtree.files['']] = await readFile(store, objects, id);
      if (node) {
        subtree.folders[''] = { id, isPrivate: node.isPrivate };
        await readFolder(store, objects, id, '', subtree);
      }
      trash[id] = { kind, path, home: head?.folderId ?? node?.parentId ?? '', ...subtree };
    });
    await Promise.all(reads);
  }
  return { ...live, trash };
}

async function readFolder(
  store: LibraryStore,
  objects: ReadonlyMap<string, string>,
  folderId: string,
  path: string,
  into: Subtree,
): Promise<void> {
  const [files, folders] = await Promise.all([
    store.files(folderId, { limit: 1000 }),
    store.folders(folderId, { limit: 1000 }),
  ]);
  await Promise.all([
    ...files.records.map(async (entry) => {
      const [file, head] = await readFile(store, objects, entry.assetId);
      requireSame(entry, head, `${path}/${entry.name}`);
      into.files[`${path}/${entry.name}`] = file;
    }),
    ...folders.records.map(async ({ name, folderId: id, isPrivate }) => {
      const node = await store.folderNode(id);
      if (node?.parentId !== folderId || node.name !== name || node.isPrivate !== isPrivate || node.state !== 'live') {
        throw new Error(`Entry and node of ${path}/${name} differ.`);
      }
      into.folders[`${path}/${name}`] = { id, isPrivate };
      await readFolder(store, objects, id, `${path}/${name}`, into);
    }),
  ]);
}

/** What delivery reads says what holds. */
function requireSame(entry: FileEntry, head: FileHead, path: string): void {
  const members = ['folderId', 'name', 'assetId', 'revision', 'versionId', 'isPrivate', 'objectKey'] as const;
  const differing = members.filter((member) => entry[member] !== head[member]);
  if (differing.length > 0) throw new Error(`Entry and head of ${path} differ in ${differing.join(', ')}.`);
}

async function readFile(
  store: LibraryStore,
  objects: ReadonlyMap<string, string>,
  assetId: string,
): Promise<[FileState, FileHead]> {
  const head = await store.head(assetId);
  if (!head) throw new Error(`The head of ${assetId} is missing.`);
  const versions = (await versionsOf(store, head)).map(({ version, number }) => {
    const text = objects.get(version.objectKey);
    if (text === undefined) throw new Error(`The bytes of ${assetId} ${version.versionId} are missing.`);
    return { id: version.versionId, number, text };
  });
  if (versions.length !== head.versionCount) throw new Error(`${assetId} counts ${head.versionCount} versions.`);
  const file: FileState = {
    id: assetId,
    versions: versions.sort((one, other) => one.number - other.number),
    current: head.versionId,
    lastNumber: head.lastNumber,
    tags: [...(head.tags ?? [])],
    isPrivate: head.isPrivate,
  };
  return [file, head];
}

/**
 * Whether two states are the same, where ids that one of them cannot know count as equal. Folders that are empty and
 * public are left out: a call that fails in the end may have made one.
 */
export function isSameWorld(one: WorldState, other: WorldState): boolean {
  return canonical(one) === canonical(other);
}

function canonical(world: WorldState): string {
  const trash = Object.values(world.trash).map(({ kind, path, folders, files }) =>
    JSON.stringify([kind, path, canonicalSubtree({ folders, files })]),
  );
  return JSON.stringify([canonicalSubtree(world), trash.sort()]);
}

function canonicalSubtree({ folders, files }: Subtree): unknown {
  const holdsSomething = (path: string) => Object.keys(files).some((file) => file.startsWith(`${path}/`));
  return [
    Object.entries(folders)
      .filter(([path, { isPrivate }]) => isPrivate || holdsSomething(path))
      .map(([path, { isPrivate }]) => [path, isPrivate])
      .sort(),
    Object.entries(files)
      .map(([path, file]) => [path, canonicalFile(file)])
      .sort(),
  ];
}

function canonicalFile({ versions, current, lastNumber, tags, isPrivate }: FileState): unknown {
  const number = versions.find(({ id }) => id === current)?.number;
  return [versions.map((version) => [version.number, version.text]), number, lastNumber, tags, isPrivate];
}

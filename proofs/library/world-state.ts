import { changedRevision } from '../../lambda/core/library/files/file-steps.ts';
import type {
  FileEntry,
  FileHead,
  FileVersion,
  FolderEntry,
  FolderNode,
  TrashedItem,
} from '../../lambda/core/library/store/records.ts';
import { ROOT_FOLDER } from '../../lambda/core/library/store/records.ts';
import type { LibraryWorld } from '../../test/core/library/library-world.ts';

/** Everything that users can see of a library, by path. Ids that a model cannot know are `?`. */
export interface WorldState {
  folders: Record<string, FolderState>;
  files: Record<string, FileState>;
  trash: Record<string, TrashState>;
  /** What calls have added to folders that were gone into others by then, by the folders' ids. It is in sight again in the end. */
  merged: Record<string, Subtree>;
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
  /** Value of a custom field; undefined where none is set. */
  metadata?: number;
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

/** With paths below its own. */
export type Subtree = Pick<WorldState, 'folders' | 'files'>;

export const EMPTY_WORLD: WorldState = { folders: {}, files: {}, trash: {}, merged: {} };

/** Reads all of a library, from the table's own items. */
export async function readWorld({ items, objects }: Pick<LibraryWorld, 'items' | 'objects'>): Promise<WorldState> {
  const reader = { objects, ...grouped(await items()) };
  const live: Subtree = { folders: {}, files: {} };
  readFolder(reader, ROOT_FOLDER, '', live);
  const trash: Record<string, TrashState> = {};
  for (const { id, kind, path } of reader.trashed) {
    const subtree: Subtree = { folders: {}, files: {} };
    const [head, node] = [reader.heads.get(id), reader.nodes.get(id)];
    if (head) subtree.files[''] = readFile(reader, head);
    if (node) {
      subtree.folders[''] = { id, isPrivate: node.isPrivate };
      readFolder(reader, id, '', subtree);
    }
    trash[id] = { kind, path, home: head?.folderId ?? node?.parentId ?? '', ...subtree };
  }
  const merged = [...reader.nodes.values()]
    .filter(({ state }) => state === 'merged')
    .map(({ folderId, isPrivate }): [string, Subtree] => {
      const subtree: Subtree = { folders: { '': { id: folderId, isPrivate } }, files: {} };
      readFolder(reader, folderId, '', subtree);
      return [folderId, subtree];
    });
  return { ...live, trash, merged: Object.fromEntries(merged) };
}

interface Reader {
  readonly objects: ReadonlyMap<string, string>;
  readonly heads: ReadonlyMap<string, FileHead>;
  readonly nodes: ReadonlyMap<string, FolderNode>;
  readonly files: ReadonlyMap<string, FileEntry[]>;
  readonly folders: ReadonlyMap<string, FolderEntry[]>;
  readonly versions: ReadonlyMap<string, FileVersion[]>;
  readonly trashed: readonly TrashedItem[];
}

/** Records by the ids that they are found by. */
function grouped(items: readonly Record<string, unknown>[]): Omit<Reader, 'objects'> {
  const of = <R>(pk: string, sk: string): R[] =>
    items.filter((item) => String(item.pk).startsWith(pk) && String(item.sk).startsWith(sk)) as R[];
  return {
    heads: new Map(of<FileHead>('a#', 'head').map((head) => [head.assetId, head])),
    nodes: new Map(of<FolderNode>('fd#', 'node').map((node) => [node.folderId, node])),
    files: Map.groupBy(of<FileEntry>('in#', 'f#'), ({ folderId }) => folderId),
    folders: Map.groupBy(of<FolderEntry>('in#', 'd#'), ({ parentId }) => parentId),
    versions: Map.groupBy(of<FileVersion>('h#', 'v#'), ({ historyId }) => historyId),
    trashed: of<TrashedItem>('trash#', ''),
  };
}

function readFolder(reader: Reader, folderId: string, path: string, into: Subtree): void {
  for (const entry of reader.files.get(folderId) ?? []) {
    const head = reader.heads.get(entry.assetId);
    if (!head) throw new Error(`The head of ${path}/${entry.name} is missing.`);
    requireSame(entry, head, `${path}/${entry.name}`);
    into.files[`${path}/${entry.name}`] = readFile(reader, head);
  }
  for (const { name, folderId: id, isPrivate } of reader.folders.get(folderId) ?? []) {
    const node = reader.nodes.get(id);
    if (node?.parentId !== folderId || node.name !== name || node.isPrivate !== isPrivate || node.state !== 'live') {
      throw new Error(`Entry and node of ${path}/${name} differ.`);
    }
    into.folders[`${path}/${name}`] = { id, isPrivate };
    readFolder(reader, id, `${path}/${name}`, into);
  }
}

/** What delivery reads says what holds. */
function requireSame(entry: FileEntry, head: FileHead, path: string): void {
  const members = ['folderId', 'name', 'assetId', 'revision', 'versionId', 'isPrivate', 'objectKey'] as const;
  // What is noted beside a file is no change of it.
  const said = { ...head, revision: changedRevision(head) };
  const differing = members.filter((member) => entry[member] !== said[member]);
  if (differing.length > 0) throw new Error(`Entry and head of ${path} differ in ${differing.join(', ')}.`);
}

function readFile(reader: Reader, head: FileHead): FileState {
  const versions = head.histories.flatMap(({ id, offset }) =>
    (reader.versions.get(id) ?? []).map(({ versionId, number, objectKey }) => {
      const text = reader.objects.get(objectKey);
      if (text === undefined) throw new Error(`The bytes of ${head.assetId} ${versionId} are missing.`);
      return { id: versionId, number: number + offset, text };
    }),
  );
  if (versions.length !== head.versionCount) {
    throw new Error(`${head.assetId} counts ${head.versionCount} versions, there are ${versions.length}.`);
  }
  return {
    id: head.assetId,
    versions: versions.sort((one, other) => one.number - other.number),
    current: head.versionId,
    lastNumber: head.lastNumber,
    tags: [...(head.tags ?? [])],
    isPrivate: head.isPrivate,
    ...(typeof head.customMetadata?.seen === 'number' && { metadata: head.customMetadata.seen }),
  };
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
  const merged = Object.entries(world.merged)
    .filter(([, { files }]) => Object.keys(files).length > 0)
    .map(([id, subtree]) => JSON.stringify([id, canonicalSubtree(subtree)]));
  return JSON.stringify([canonicalSubtree(world), trash.sort(), merged.sort()]);
}

/** @param files by their paths */
export const holdsSomething = (path: string, files: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(files).some((file) => file.startsWith(`${path}/`));

function canonicalSubtree({ folders, files }: Subtree): unknown {
  return [
    Object.entries(folders)
      .filter(([path, { isPrivate }]) => isPrivate || holdsSomething(path, files))
      .map(([path, { isPrivate }]) => [path, isPrivate])
      .sort(),
    Object.entries(files)
      .map(([path, file]) => [path, canonicalFile(file)])
      .sort(),
  ];
}

function canonicalFile({ versions, current, lastNumber, tags, isPrivate, metadata }: FileState): unknown {
  const number = versions.find(({ id }) => id === current)?.number;
  return [versions.map((version) => [version.number, version.text]), number, lastNumber, tags, isPrivate, metadata];
}

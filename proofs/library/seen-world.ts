import type { FileState, FolderState, WorldState } from './world-state.ts';
import { holdsSomething } from './world-state.ts';

/** What the API tells of a part of the library. Bytes and the trash's contents are read elsewhere. */
export interface SeenWorld {
  readonly files: Readonly<Record<string, SeenFile>>;
  readonly folders: Readonly<Record<string, FolderState>>;
  /** Paths by id. */
  readonly trash: Readonly<Record<string, string>>;
}

export interface SeenFile {
  readonly id: string;
  /** Ids by number. */
  readonly versions: Readonly<Record<number, string>>;
  readonly current: number;
  readonly tags: readonly string[];
  readonly isPrivate: boolean;
  readonly metadata: number | undefined;
}

/** Whether a world looks like this. */
export function looksLike(world: WorldState, seen: SeenWorld): boolean {
  return JSON.stringify(shown(world)) === JSON.stringify(shownSeen(seen));
}

const numberOf = ({ versions, current }: FileState): number => versions.find(({ id }) => id === current)?.number ?? 0;

function shown({ files, folders, trash }: WorldState): unknown {
  const file = (one: FileState) =>
    shownFile({
      ...one,
      current: numberOf(one),
      metadata: one.metadata,
      versions: Object.fromEntries(one.versions.map(({ number, id }) => [number, id])),
    });
  return [
    sorted(Object.entries(files).map(([path, one]) => [path, file(one)])),
    shownFolders(folders, files),
    sorted(Object.entries(trash).map(([id, { path }]) => [id, path])),
  ];
}

const shownSeen = ({ files, folders, trash }: SeenWorld): unknown => [
  sorted(Object.entries(files).map(([path, one]) => [path, shownFile(one)])),
  shownFolders(folders, files),
  sorted(Object.entries(trash)),
];

const shownFile = ({ versions, current, tags, isPrivate, metadata }: SeenFile) => [
  Object.keys(versions)
    .map(Number)
    .sort((one, other) => one - other),
  ...[current, tags, isPrivate, metadata],
];

const shownFolders = (folders: Readonly<Record<string, FolderState>>, files: Readonly<Record<string, unknown>>) =>
  sorted(
    Object.entries(folders)
      .filter(([path, { isPrivate }]) => isPrivate || holdsSomething(path, files))
      .map(([path, { isPrivate }]) => [path, isPrivate]),
  );

const sorted = <T>(list: readonly T[]): T[] =>
  [...list].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));

/** A world with the ids that were seen. */
export function withSeenIds(world: WorldState, seen: SeenWorld): WorldState {
  const files = Object.entries(world.files).map(([path, file]): [string, FileState] => {
    const found = seen.files[path];
    if (!found) throw new Error(`${path} was not seen.`);
    const versions = file.versions.map((version) => ({ ...version, id: found.versions[version.number] ?? version.id }));
    return [path, { ...file, id: found.id, versions, current: found.versions[found.current] ?? '?' }];
  });
  return { ...world, files: Object.fromEntries(files), folders: { ...seen.folders } };
}

/** Whether something in it has an id that nobody was told. */
export const hasUnknownIds = ({ files, folders }: WorldState): boolean =>
  Object.values(folders).some(({ id }) => id === '?') ||
  Object.values(files).some(
    ({ id, versions }) => id === '?' || versions.some((one) => one.id.includes('?') || one.id.startsWith('copy')),
  );

import type { ModelStep, Outcome } from './model-steps.ts';
import { ensure, nameOf, parentOf } from './model-steps.ts';
import type { Subtree, TrashState, WorldState } from './world-state.ts';

export const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** Takes a folder out, with everything in it; paths are those below it. */
export function cut(world: Subtree, folder: string): Subtree {
  const taken: Subtree = { folders: {}, files: {} };
  for (const kind of ['folders', 'files'] as const) {
    for (const [path, record] of Object.entries(world[kind])) {
      if (!isBelow(path, folder)) continue;
      Object.assign(taken[kind], { [path.slice(folder.length)]: record });
      delete world[kind][path];
    }
  }
  return taken;
}

export function paste(world: Subtree, path: string, { folders, files }: Subtree): void {
  for (const [below, folder] of Object.entries(folders)) world.folders[path + below] = folder;
  for (const [below, file] of Object.entries(files)) world.files[path + below] = file;
}

export function moveFolder(source: string, destination: string): ModelStep[] {
  const step = (world: WorldState, isLast: boolean): Outcome | undefined => {
    if (!isLast && !world.folders[source]) return 'folder.missing';
    if (isBelow(destination, source)) return 'folder.into-itself';
    ensure(world, destination);
    if (!isLast) return undefined;
    if (!world.folders[source]) return 'folder.missing';
    if (parentOf(source) === destination) return 'file.same-place';
    const path = `${destination}/${nameOf(source)}`;
    if (isBelow(source, path)) return 'folder.exists';
    // A job brings it over later.
    if (!world.folders[path]) paste(world, path, cut(world, source));
    return 'ok';
  };
  return [(world) => step(world, false), (world) => step(world, true)];
}

/** Folders and where they may go onto one of their name. */
export const mergeable = (world: WorldState, places: readonly string[]): (readonly [string, string])[] =>
  Object.keys(world.folders).flatMap((source) =>
    places
      .filter((place) => world.folders[`${place}/${nameOf(source)}`] && place !== parentOf(source))
      .map((place) => [source, place] as const),
  );

export const renameFolder = (source: string, newName: string): ModelStep[] => [
  (world) => {
    if (!world.folders[source]) return 'folder.missing';
    const path = `${parentOf(source)}/${newName}`;
    if (path === source) return 'file.same-name';
    if (world.folders[path]) return 'folder.exists';
    paste(world, path, cut(world, source));
    return 'ok';
  },
];

export const restrictFolder = (path: string, isPrivate: boolean): ModelStep[] => [
  (world) => {
    const folder = world.folders[path];
    if (!folder) return 'folder.missing';
    world.folders[path] = { ...folder, isPrivate };
    return 'ok';
  },
];

export const trashFolder = (path: string): ModelStep[] => [
  (world) => {
    const folder = world.folders[path];
    if (!folder) return 'folder.missing';
    const above = parentOf(path);
    const home = above === '' ? 'root' : (world.folders[above]?.id ?? '?');
    // One that was made in this round has an id that nobody knows yet; nobody can restore it in this round either.
    const key = folder.id === '?' ? `new ${Object.keys(world.trash).length}` : folder.id;
    world.trash[key] = { kind: 'folder', path, home, ...cut(world, path) };
    return 'ok';
  },
];

export const restoreTrashed = (id: string): ModelStep[] => [
  (world) => {
    const trashed = world.trash[id];
    if (!trashed) return 'trash.missing';
    const home = homeOf(world, trashed);
    const path = `${home}/${nameOf(trashed.path)}`;
    const taken = trashed.kind === 'file' ? world.files[path] : world.folders[path];
    if (taken) return 'trash.name-taken';
    ensure(world, home);
    paste(world, path, trashed);
    delete world.trash[id];
    return 'ok';
  },
];

/** Where its folder is by now, or where it was. */
function homeOf(world: WorldState, { home, path }: TrashState): string {
  if (home === 'root') return '';
  const found = Object.keys(world.folders).find((folder) => world.folders[folder]?.id === home);
  return found ?? parentOf(path);
}

export const purgeTrashed = (id: string): ModelStep[] => [
  (world) => {
    if (!world.trash[id]) return 'trash.missing';
    delete world.trash[id];
    return 'ok';
  },
];

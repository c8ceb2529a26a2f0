import type { FileState, WorldState } from './world-state.ts';

/** What a call came to: `ok`, or the code of its problem. */
export type Outcome = string;

/** A part of a call that happens at one moment; undefined when the call goes on. */
export type ModelStep = (world: WorldState) => Outcome | undefined;

export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Makes a folder and those above it. */
export function ensure(world: WorldState, path: string): void {
  if (path === '' || world.folders[path]) return;
  ensure(world, parentOf(path));
  world.folders[path] = { id: '?', isPrivate: false };
}

export const pathOfFile = (world: WorldState, id: string): string | undefined =>
  Object.keys(world.files).find((path) => world.files[path]?.id === id);

export function upload(path: string, versionId: string, text: string): ModelStep[] {
  const folder = parentOf(path);
  return [
    (world) => void ensure(world, folder),
    (world) => {
      ensure(world, folder);
      const present = world.files[path];
      const number = (present?.lastNumber ?? 0) + 1;
      const id = present ? newId(present, versionId) : versionId;
      const version = { id, number, text };
      world.files[path] = present
        ? { ...present, versions: [...present.versions, version], current: id, lastNumber: number }
        : { id, versions: [version], current: id, lastNumber: 1, tags: [], isPrivate: false };
      return 'ok';
    },
  ];
}

/** An id that nobody was told may come again: the same version is copied, or the same call made, twice. */
const newId = (file: FileState, id: string): string =>
  file.versions.some((one) => one.id === id) ? newId(file, `${id} again`) : id;

/** The second file after the first, as versions of one. */
function appended(target: FileState, source: FileState): FileState {
  const shifted = source.versions.map(({ id, number, text }) => ({
    ...{ id: newId(target, id), text },
    number: number + target.lastNumber,
  }));
  return {
    ...target,
    versions: [...target.versions, ...shifted],
    current: newId(target, source.current),
    lastNumber: target.lastNumber + source.lastNumber,
    isPrivate: target.isPrivate || source.isPrivate,
  };
}

/** Puts a file where another may be: as more of its versions. */
export function place(world: WorldState, path: string, file: FileState): void {
  const target = world.files[path];
  world.files[path] = target ? appended(target, file) : file;
}

export function moveFile(source: string, destination: string): ModelStep[] {
  const step = (world: WorldState, isLast: boolean): Outcome | undefined => {
    const file = world.files[source];
    if (!file) return 'file.missing';
    ensure(world, destination);
    if (!isLast) return undefined;
    if (parentOf(source) === destination) return 'file.same-place';
    delete world.files[source];
    place(world, `${destination}/${nameOf(source)}`, file);
    return 'ok';
  };
  return [(world) => step(world, false), (world) => step(world, true)];
}

export const renameFile = (source: string, newName: string): ModelStep[] => [
  (world) => {
    const file = world.files[source];
    if (!file) return 'file.missing';
    const path = `${parentOf(source)}/${newName}`;
    if (path === source) return 'file.same-name';
    if (world.files[path]) return 'file.exists';
    delete world.files[source];
    world.files[path] = file;
    return 'ok';
  },
];

export function copyFile(source: string, destination: string, withVersions: boolean): ModelStep[] {
  const step = (world: WorldState, isLast: boolean): Outcome | undefined => {
    const file = world.files[source];
    if (!file) return 'file.missing';
    ensure(world, destination);
    if (parentOf(source) === destination) return 'file.same-place';
    if (!isLast) return undefined;
    const versions = file.versions
      .filter(({ id }) => withVersions || id === file.current)
      .map(({ id, text }, index) => ({ id: `copy of ${id}`, number: index + 1, text }));
    const copy = { ...file, id: '?', versions, current: `copy of ${file.current}`, lastNumber: versions.length };
    place(world, `${destination}/${nameOf(source)}`, copy);
    return 'ok';
  };
  return [(world) => step(world, false), (world) => step(world, true)];
}

/** A change of a file that is known by its id. */
export const changeFile = (id: string, change: (file: FileState) => FileState | Outcome): ModelStep[] => [
  (world) => {
    const path = pathOfFile(world, id);
    const file = path === undefined ? undefined : world.files[path];
    if (path === undefined || !file) return 'file.missing';
    const changed = change(file);
    if (typeof changed === 'string') return changed;
    world.files[path] = changed;
    return 'ok';
  },
];

export const restoreVersion = (id: string, versionId: string): ModelStep[] =>
  changeFile(id, (file) =>
    file.versions.some((version) => version.id === versionId) ? { ...file, current: versionId } : 'version.missing',
  );

export const deleteVersion = (id: string, versionId: string): ModelStep[] =>
  changeFile(id, (file) => {
    if (!file.versions.some((version) => version.id === versionId)) return 'version.missing';
    if (file.current === versionId) return 'version.current';
    return { ...file, versions: file.versions.filter((version) => version.id !== versionId) };
  });

export const trashFile = (id: string): ModelStep[] => [
  (world) => {
    const path = pathOfFile(world, id);
    const file = path === undefined ? undefined : world.files[path];
    if (path === undefined || !file) return 'file.missing';
    const home = parentOf(path);
    world.trash[id] = {
      kind: 'file',
      path,
      home: home === '' ? 'root' : (world.folders[home]?.id ?? '?'),
      folders: {},
      files: { '': file },
    };
    delete world.files[path];
    return 'ok';
  },
];

import { cut, isBelow, paste } from './model-folders.ts';
import { ensure, nameOf, parentOf, place } from './model-steps.ts';
import type { FileState, FolderState, Subtree, WorldState } from './world-state.ts';

/** A folder that goes into another. */
export interface MergeTask {
  readonly sourceId: string;
  readonly targetId: string;
  /** Where the second one was; it is made anew there when it is gone in the end. */
  readonly newPath: string;
  /** The first one is out of sight; what was added to it on the way follows. */
  readonly isLastRun: boolean;
}

/** A change that a merge has made, as its event tells. */
export interface MergeChange {
  readonly action: string;
  /** Of the file or folder that went. */
  readonly id: string;
  /** Of the same. */
  readonly name: string;
}

/** What a merge came to: the first folder is out of sight, or both were not there side by side any more. */
export type MergeEnd = 'done' | 'refused';

/**
 * Worlds to which a change of a merge may lead; none when a merge does not do that here, and several for what was made a moment
 * ago, whose id nobody knows.
 * @param known ids of the files that were in the first folder when the worker began
 */
export function afterChange(
  world: WorldState,
  task: MergeTask,
  change: MergeChange,
  known: ReadonlySet<string>,
): readonly WorldState[] {
  switch (change.action) {
    case 'file.moved':
      return afterMove(world, task, 'files', change);
    case 'folder.moved':
      return afterMove(world, task, 'folders', change);
    case 'folder.created':
      return changed(world, (next) => makeTarget(next, task));
    case 'folder.merged':
      return changed(world, (next) => hide(next, task, known));
    case 'folder.purged':
      return holdsHidden(world, task) ? [] : [world];
    default:
      return [];
  }
}

/** What a merge comes to that nobody disturbs. @returns names of its events; none when there is nothing to merge */
export function mergeWhole(world: WorldState, source: string, target: string): readonly string[] {
  if (!world.folders[source]) return [];
  const told = mergeInto(world, source, target, false);
  for (const path of Object.keys(world.folders)) if (isBelow(path, source)) delete world.folders[path];
  return [...told, 'folder.merged'];
}

function mergeInto(world: WorldState, source: string, target: string, isInPrivate: boolean): string[] {
  const isPrivate = isInPrivate || world.folders[source]?.isPrivate === true;
  const told: string[] = [];
  for (const [path, file] of Object.entries(world.files)) {
    if (parentOf(path) !== source) continue;
    delete world.files[path];
    place(world, `${target}/${nameOf(path)}`, { ...file, isPrivate: file.isPrivate || isPrivate });
    told.push('file.moved');
  }
  for (const path of Object.keys(world.folders)) {
    if (parentOf(path) !== source) continue;
    const into = `${target}/${nameOf(path)}`;
    if (world.folders[into]) {
      told.push(...mergeInto(world, path, into, isPrivate));
    } else {
      relocate(world, world, { path, into, isInPrivate: isPrivate });
      told.push('folder.moved');
    }
  }
  return told;
}

/** Whether a merge may end so here. */
export function mayEnd(world: WorldState, { sourceId, targetId, isLastRun }: MergeTask, end: MergeEnd): boolean {
  if (isLastRun) return end === 'done' && !holdsHidden(world, { sourceId });
  const [source, target] = [pathOf(world, sourceId), pathOf(world, targetId)];
  if (end === 'done') return source === undefined;
  return source === undefined || target === undefined || isBelow(source, target) || isBelow(target, source);
}

/** Ids of the files in a folder. */
export function filesIn(world: WorldState, folderId: string): ReadonlySet<string> {
  const folder = pathOf(world, folderId);
  const files = Object.entries(world.files).filter(([path]) => folder !== undefined && isBelow(path, folder));
  return new Set(files.map(([, { id }]) => id));
}

const pathOf = (world: WorldState, folderId: string): string | undefined =>
  Object.keys(world.folders).find((path) => world.folders[path]?.id === folderId);

const holdsHidden = ({ merged }: WorldState, { sourceId }: Pick<MergeTask, 'sourceId'>): boolean =>
  Object.keys(merged[sourceId]?.files ?? {}).length > 0;

/** @param change says whether it may be made */
function changed(world: WorldState, change: (next: WorldState) => boolean): readonly WorldState[] {
  const next = structuredClone(world);
  return change(next) ? [next] : [];
}

/** The last worker makes anew what is gone. */
function makeTarget(world: WorldState, { newPath, isLastRun }: MergeTask): boolean {
  ensure(world, newPath);
  return isLastRun;
}

/** Nothing goes out of sight but what calls add to the folder at the same time: they have found it before. */
function hide(world: WorldState, { sourceId }: MergeTask, known: ReadonlySet<string>): boolean {
  const source = pathOf(world, sourceId);
  if (source === undefined) return false;
  const subtree = cut(world, source);
  world.merged[sourceId] = subtree;
  return Object.values(subtree.files).every(({ id }) => !known.has(id));
}

/** One file, or a folder whose name is free, goes to the same place in the other folder. */
function afterMove(
  world: WorldState,
  task: MergeTask,
  kind: 'files' | 'folders',
  { id, name }: MergeChange,
): readonly WorldState[] {
  const from = task.isLastRun ? '' : pathOf(world, task.sourceId);
  const records: Readonly<Record<string, FileState | FolderState>> = partOf(world, task)[kind];
  if (from === undefined) return [];
  const candidates = Object.keys(records).filter((path) => {
    const isIt = records[path]?.id === id || (records[path]?.id === '?' && nameOf(path) === name);
    return isIt && isBelow(path, from) && path !== from;
  });
  return candidates.flatMap((path) => changed(world, (next) => moveOne(next, task, kind, { from, path })));
}

/** What the first folder is in. */
const partOf = (world: WorldState, { sourceId, isLastRun }: MergeTask): Subtree =>
  isLastRun ? (world.merged[sourceId] ?? { folders: {}, files: {} }) : world;

function moveOne(
  world: WorldState,
  task: MergeTask,
  kind: 'files' | 'folders',
  { from, path }: { readonly from: string; readonly path: string },
): boolean {
  const part = partOf(world, task);
  if (task.isLastRun && pathOf(world, task.targetId) === undefined) ensure(world, task.newPath);
  const target = pathOf(world, task.targetId) ?? (task.isLastRun ? task.newPath : undefined);
  if (target === undefined) return false;
  const into = target + path.slice(from.length);
  if (parentOf(into) !== target && !world.folders[parentOf(into)]) return false;
  const isInPrivate = foldersBetween(from, path).some((folder) => part.folders[folder]?.isPrivate);
  if (kind === 'folders') return !world.folders[into] && relocate(world, part, { path, into, isInPrivate });
  const file = part.files[path] as FileState;
  delete part.files[path];
  place(world, into, { ...file, isPrivate: file.isPrivate || isInPrivate });
  return true;
}

function relocate(
  world: WorldState,
  part: Subtree,
  { path, into, isInPrivate }: { readonly path: string; readonly into: string; readonly isInPrivate: boolean },
): boolean {
  paste(world, into, cut(part, path));
  const folder = world.folders[into] as FolderState;
  world.folders[into] = { ...folder, isPrivate: folder.isPrivate || isInPrivate };
  return true;
}

/** The folder and those below it on the way to a path. */
function foldersBetween(folder: string, path: string): string[] {
  const above = parentOf(path);
  return above === folder || above.length < folder.length ? [folder] : [...foldersBetween(folder, above), above];
}

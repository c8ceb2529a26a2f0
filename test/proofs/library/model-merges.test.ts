import { expect, test } from 'vitest';
import type { MergeTask } from '../../../proofs/library/model-merges.ts';
import { afterChange, filesIn, mayEnd } from '../../../proofs/library/model-merges.ts';
import type { FileState, WorldState } from '../../../proofs/library/world-state.ts';
import { EMPTY_WORLD } from '../../../proofs/library/world-state.ts';

const TASK: MergeTask = { sourceId: 'source', targetId: 'target', newPath: '/b/x', isLastRun: false };

const fileOf = (id: string): FileState => ({
  ...{ id, versions: [{ id, number: 1, text: id }], current: id, lastNumber: 1, tags: [], isPrivate: false },
});

const folderOf = (id: string, isPrivate = false) => ({ id, isPrivate });

const worldOf = (paths: readonly string[], isPrivate = false): WorldState => ({
  ...EMPTY_WORLD,
  folders: { '/a/x': folderOf('source', isPrivate), '/a/x/in': folderOf('in'), '/b/x': folderOf('target') },
  files: Object.fromEntries(paths.map((path) => [path, fileOf(path)])),
});

const moved = (id: string, action = 'file.moved') => ({ action, id, name: id.slice(id.lastIndexOf('/') + 1) });

test('a merge takes a file of the folder to the same place in the other one, and no other file', () => {
  const world = worldOf(['/a/x/f', '/b/x/f', '/c/f']);

  const [after, ...others] = afterChange(world, TASK, moved('/a/x/f'), new Set());

  expect(others).toEqual([]);
  expect(Object.keys(after?.files ?? {}).sort()).toEqual(['/b/x/f', '/c/f']);
  expect(after?.files['/b/x/f']?.versions.map(({ text }) => text)).toEqual(['/b/x/f', '/a/x/f']);
  expect(afterChange(world, TASK, moved('/c/f'), new Set())).toEqual([]);
});

test('a merge takes a file to no folder that is not there, but a folder as a whole', () => {
  const world = worldOf(['/a/x/in/f']);

  expect(afterChange(world, TASK, moved('/a/x/in/f'), new Set())).toEqual([]);
  const [after] = afterChange(world, TASK, moved('in', 'folder.moved'), new Set());
  expect(Object.keys(after?.files ?? {})).toEqual(['/b/x/in/f']);
});

test('a merge leaves private what it takes out of a private folder', () => {
  const [file] = afterChange(worldOf(['/a/x/f'], true), TASK, moved('/a/x/f'), new Set());
  const [folder] = afterChange(worldOf([], true), TASK, moved('in', 'folder.moved'), new Set());

  expect([file?.files['/b/x/f']?.isPrivate, folder?.folders['/b/x/in']?.isPrivate]).toEqual([true, true]);
});

test('a merge takes nothing out of sight that was in the folder before, and brings what was added since', () => {
  const world = worldOf(['/a/x/in/f']);
  const hide = moved('source', 'folder.merged');

  expect(afterChange(world, TASK, hide, filesIn(world, 'source'))).toEqual([]);
  const [hidden = EMPTY_WORLD] = afterChange(world, TASK, hide, new Set());
  expect([Object.keys(hidden.files), hidden.folders['/a/x']]).toEqual([[], undefined]);
  const last = { ...TASK, isLastRun: true };
  expect(mayEnd(hidden, last, 'done')).toBe(false);
  const [after = EMPTY_WORLD] = afterChange(hidden, last, moved('in', 'folder.moved'), new Set());
  expect([Object.keys(after.files), mayEnd(after, last, 'done')]).toEqual([['/b/x/in/f'], true]);
});

test('a merge ends when the folder is gone, and is refused when both do not lie side by side', () => {
  const world = worldOf([]);
  const { '/b/x': _, ...withoutTarget } = world.folders;

  expect([mayEnd(world, TASK, 'done'), mayEnd(world, TASK, 'refused')]).toEqual([false, false]);
  expect(mayEnd({ ...world, folders: withoutTarget }, TASK, 'refused')).toBe(true);
  const { '/a/x': __, ...withoutSource } = world.folders;
  expect(mayEnd({ ...world, folders: withoutSource }, TASK, 'done')).toBe(true);
});

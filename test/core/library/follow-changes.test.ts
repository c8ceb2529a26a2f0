import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FollowDeps, FollowedChange } from '../../../lambda/core/library/follow-changes.ts';
import { followChanges } from '../../../lambda/core/library/follow-changes.ts';
import type { PendingEffects } from '../../../lambda/core/library/store/library-store.ts';
import type { FileHead } from '../../../lambda/core/library/store/records.ts';
import type { LibraryWorld } from './library-world.ts';
import { startLibraryWorld } from './library-world.ts';

let world: LibraryWorld;
let head: FileHead;
let indexed: string[];
let left: PendingEffects[];
let settled: string[];
let deps: FollowDeps;

beforeAll(async () => {
  world = await startLibraryWorld();
  head = (await world.upload('/a/one.txt', 'text')).head;
});

afterAll(() => world?.close());

beforeEach(() => {
  [indexed, left, settled] = [[], [], []];
  deps = {
    indexFile: async (assetId) => void indexed.push(assetId),
    leaveEffects: async (pending) => void left.push(pending),
    settleAll: async (notes) => void settled.push(...notes.map(({ eventId }) => eventId)),
    clock: () => 0,
    hexId: () => 'b'.repeat(24),
    report: () => undefined,
  };
});

const changed = (before: FileHead | undefined, after: FileHead | undefined): FollowedChange => ({
  ...{ kind: 'head', assetId: head.assetId },
  ...(before && { before }),
  ...(after && { after }),
});

test('a file is indexed when its words differ: it came, went, was renamed, or went to the trash', async () => {
  await followChanges(deps, [changed(undefined, head)]);
  await followChanges(deps, [changed(head, undefined)]);
  await followChanges(deps, [changed(head, { ...head, name: 'two.txt' })]);
  await followChanges(deps, [changed(head, { ...head, state: 'trash' })]);

  expect(indexed).toHaveLength(4);
});

test('a file whose words are the same asks for nothing, and one that came twice is indexed once', async () => {
  await followChanges(deps, [changed(head, { ...head, revision: head.revision + 1 })]);
  expect(indexed).toEqual([]);

  await followChanges(deps, [changed(undefined, head), changed(undefined, head)]);
  expect(indexed).toEqual([head.assetId]);
});

test('a file that cannot be indexed is left to the minute’s run', async () => {
  const failing = { ...deps, indexFile: () => Promise.reject(new Error('throttled')) };

  expect(await followChanges(failing, [changed(undefined, head)])).toEqual([]);
  expect(left).toEqual([
    {
      ...{ eventId: 'b'.repeat(24), at: '1970-01-01T00:00:00.000Z' },
      effects: [{ effect: 'index-file', assetId: head.assetId }],
    },
  ]);
});

test('one that cannot even be left is named', async () => {
  const down = () => Promise.reject(new Error('down'));
  const failing = { ...deps, indexFile: down, leaveEffects: down };

  expect(await followChanges(failing, [changed(undefined, head)])).toEqual([head.assetId]);
});

test('a note of nothing is settled once, and one of something is left to whoever made the change', async () => {
  const note = (eventId: string, effects: PendingEffects['effects']): FollowedChange => ({
    ...{ kind: 'note', note: { eventId, at: '2026-11-29T00:00:00.000Z', effects } },
  });

  await followChanges(deps, [note('1', []), note('1', []), note('2', [{ effect: 'purge-path', path: '/a' }])]);

  expect(settled).toEqual(['1']);
});

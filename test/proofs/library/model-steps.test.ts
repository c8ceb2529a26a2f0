import { expect, test } from 'vitest';
import { copyFile, upload } from '../../../proofs/library/model-steps.ts';
import type { WorldState } from '../../../proofs/library/world-state.ts';
import { EMPTY_WORLD } from '../../../proofs/library/world-state.ts';

test('a version that is copied onto a file twice is two versions, and the second one is current', () => {
  const file = { versions: [{ id: 'v', number: 1, text: 'text' }], current: 'v', lastNumber: 1, tags: [] };
  const world: WorldState = { ...EMPTY_WORLD, files: { '/a/f': { ...file, id: 'v', isPrivate: false } } };

  for (let time = 0; time < 3; time++) for (const step of copyFile('/a/f', '/b', false)) step(world);

  const { versions = [], current } = world.files['/b/f'] ?? {};
  expect(versions.map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(versions.find(({ id }) => id === current)?.number).toBe(3);
});

test('an upload that is made twice is two versions, though nobody was told their ids', () => {
  const world = structuredClone(EMPTY_WORLD);

  for (let time = 0; time < 3; time++) for (const step of upload('/a/f', '?', 'text')) step(world);

  const { versions = [], current } = world.files['/a/f'] ?? {};
  expect(versions.find(({ id }) => id === current)?.number).toBe(3);
});

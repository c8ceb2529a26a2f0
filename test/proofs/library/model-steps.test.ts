import { expect, test } from 'vitest';
import { copyFile } from '../../../proofs/library/model-steps.ts';
import type { WorldState } from '../../../proofs/library/world-state.ts';

test('a version that is copied onto a file twice is two versions, and the second one is current', () => {
  const file = { versions: [{ id: 'v', number: 1, text: 'text' }], current: 'v', lastNumber: 1, tags: [] };
  const world: WorldState = { folders: {}, files: { '/a/f': { ...file, id: 'v', isPrivate: false } }, trash: {} };

  for (let time = 0; time < 3; time++) for (const step of copyFile('/a/f', '/b', false)) step(world);

  const { versions = [], current } = world.files['/b/f'] ?? {};
  expect(versions.map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(versions.find(({ id }) => id === current)?.number).toBe(3);
});

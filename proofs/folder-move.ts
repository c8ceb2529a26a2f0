import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'vitest';
import { OWNER } from '../lambda/core/accounts/owner.ts';
import { createFolder } from '../lambda/core/library/folders/create-folder.ts';
import { moveFolder } from '../lambda/core/library/folders/move-folder.ts';
import { runJob } from '../lambda/core/library/jobs/run-jobs.ts';
import { startLibraryFixture } from '../test/adapters/library-fixture.ts';
import type { WorldDeps } from '../test/core/library/library-world.ts';
import { libraryDeps } from '../test/core/library/library-world.ts';
import { delivered, filesBeside, folderOf, listed, loadFiles, PLACES } from './library/moving-folder.ts';
import type { Proof } from './proof.ts';

/** Milliseconds in which a move is seen by listing and delivery. */
const SEEN_WITHIN = 2000;

/**
 * On a machine with other work, as a test is: what a move may take, measured by that of an empty folder at the same time.
 * The full size wants a machine of its own, and has no such excuse.
 */
const timesEmpty = (files: number): number => (files < 100_000 ? 10 : 0);

/** A folder that goes to and fro, and readers that look for its files under both paths. */
export const FOLDER_MOVE: Proof<{ files: number; moves: number }> = {
  name: 'folder-move',
  sentence:
    'A large folder moves in under 2 s as seen by listing and delivery, and readers see it before or after, never between.',
  small: { files: 2000, moves: 6 },
  full: { files: 100_000, moves: 40 },
  async run({ files, moves }, seed, report) {
    const fixture = await startLibraryFixture();
    try {
      const cleaned: string[] = [];
      const deps = { ...libraryDeps(fixture), cleaning: countingInto(cleaned) };
      for (const parentPath of ['/here', '/there']) await createFolder(deps, OWNER, { parentPath, name: 'kept' });
      await createFolder(deps, OWNER, { parentPath: '/here', name: 'empty' });
      await loadFiles(deps, fixture, files, report);
      const readers = await startReaders(fixture.endpoint, files, seed);
      const times: number[] = [];
      const slow: string[] = [];
      for (let move = 0; move < moves; move++) {
        const empty = await moveEmpty(deps, move);
        const took = await moveAndSee(deps, files, move);
        times.push(took);
        if (took > SEEN_WITHIN && took > empty * timesEmpty(files))
          slow.push(`${took} ms, an empty folder ${empty} ms`);
        report(`${move + 1} of ${moves} moves, ${took} ms, an empty folder ${empty} ms`);
      }
      const { looks, lists, wrong } = await readers.stop();
      expect([wrong, slow]).toEqual([[], []]);
      expect(Math.min(looks, lists)).toBeGreaterThan(0);
      const last = await moveFolder(deps, OWNER, { source: PLACES[moves % 2] as string, destination: '/end' });
      await runJob(deps, last);
      expect(new Set(cleaned).size).toBe(files);
      return {
        ...{ files, moves, 'looks for a file meanwhile': looks, 'lists meanwhile': lists },
        'files cleaned up by the last job': cleaned.length,
        'milliseconds of the slowest move': Math.max(...times),
      };
    } finally {
      await fixture.close();
    }
  },
};

const countingInto = (cleaned: string[]): WorldDeps['cleaning'] => ({
  removeInFolder: async (_, paths) => {
    cleaned.push(...paths);
    return [];
  },
  tellOfFolder: async () => [],
  areComplete: async () => true,
});

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

const placesOf = (move: number): readonly [source: string, target: string] =>
  move % 2 === 0 ? PLACES : [PLACES[1], PLACES[0]];

/** @returns milliseconds until listing has it there */
async function moveEmpty(deps: WorldDeps, move: number): Promise<number> {
  const [source, target] = placesOf(move).map((place) => parentOf(place)) as [string, string];
  const before = performance.now();
  await moveFolder(deps, OWNER, { source: `${source}/empty`, destination: target });
  expect(await listed(deps.store, `${target}/empty`)).toBe(0);
  return Math.round(performance.now() - before);
}

/** Moves the folder to its other place. @returns milliseconds until listing and delivery have it there */
async function moveAndSee(deps: WorldDeps, files: number, move: number): Promise<number> {
  const [source, target] = placesOf(move);
  const file = move % files;
  const before = performance.now();
  await moveFolder(deps, OWNER, { source, destination: parentOf(target) });
  const seen = [await listed(deps.store, `${target}/${folderOf(file)}`), await delivered(deps.store, target, file)];
  const took = Math.round(performance.now() - before);
  expect(seen).toEqual([filesBeside(file, files), true]);
  expect(await listed(deps.store, `${source}/${folderOf(file)}`)).toBeUndefined();
  return took;
}

interface Seen {
  readonly looks: number;
  readonly lists: number;
  readonly wrong: readonly string[];
}

async function startReaders(endpoint: string, files: number, seed: number) {
  const program = join(import.meta.dirname, 'library/moving-folder-readers.ts');
  const child = spawn(process.execPath, [program, endpoint, String(files), String(seed)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  if ((await lines.next()).value !== 'reading') throw new Error('The readers ended before they read.');
  return {
    stop: async (): Promise<Seen> => {
      child.stdin.end();
      return JSON.parse((await lines.next()).value ?? '{"wrong":["the readers ended"]}') as Seen;
    },
  };
}

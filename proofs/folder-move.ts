import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { toItem } from '../lambda/adapters/library-table/record-items.ts';
import { OWNER } from '../lambda/core/accounts/owner.ts';
import { findPathRecord } from '../lambda/core/library/files/path-record.ts';
import { createFolder } from '../lambda/core/library/folders/create-folder.ts';
import { moveFolder } from '../lambda/core/library/folders/move-folder.ts';
import { runJob } from '../lambda/core/library/jobs/run-jobs.ts';
import type { LibraryStore } from '../lambda/core/library/store/library-store.ts';
import type { FileEntry } from '../lambda/core/library/store/records.ts';
import { findFolder } from '../lambda/core/library/tree/find-folder.ts';
import { entriesIn } from '../lambda/core/library/tree/walk-folder.ts';
import { startLibraryFixture } from '../test/adapters/library-fixture.ts';
import { libraryDeps } from '../test/core/library/library-world.ts';
import type { Proof } from './proof.ts';
import { randomFrom } from './random.ts';

/** Folders below the one that moves; the files are spread over them. */
const FOLDERS = 50;

/** Files of one write to the table. */
const BATCH = 25;

/** Writes under way at the same time. */
const WRITERS = 8;

/** Readers that look while the folder moves. */
const READERS = 4;

/** Milliseconds in which a move is seen by listing and delivery. */
const SEEN_WITHIN = 2000;

const PLACES = ['/here/shop', '/there/shop'] as const;

/** A folder that goes to and fro, and readers that look for its files under both paths. */
export const FOLDER_MOVE: Proof<{ files: number; moves: number }> = {
  name: 'folder-move',
  sentence:
    'A large folder moves in under 2 s as seen by listing and delivery, and readers see it before or after, never between.',
  small: { files: 5000, moves: 6 },
  full: { files: 100_000, moves: 40 },
  async run({ files, moves }, seed, report) {
    const fixture = await startLibraryFixture();
    try {
      const cleaned: string[] = [];
      const deps = { ...libraryDeps(fixture), cleaning: countingInto(cleaned) };
      await loadFiles(deps, DynamoDBDocumentClient.from(fixture.client), fixture.table, files, report);
      const random = randomFrom(seed);
      const readers = startReaders(deps.store, files, () => random(files));
      const times: number[] = [];
      for (let move = 0; move < moves; move++) {
        times.push(await moveAndSee(deps, files, move));
        report(`${move + 1} of ${moves} moves, ${Math.round(times.at(-1) ?? 0)} ms`);
      }
      const reads = await readers.stop();
      expect(Math.max(...times)).toBeLessThan(SEEN_WITHIN);
      expect(reads).toBeGreaterThan(moves);
      const last = await moveFolder(deps, OWNER, { source: PLACES[moves % 2] as string, destination: '/end' });
      await runJob(deps, last);
      expect(new Set(cleaned).size).toBe(files);
      return {
        ...{ files, moves, 'pairs of reads meanwhile': reads, 'files cleaned up by the last job': cleaned.length },
        'milliseconds of the slowest move': Math.round(Math.max(...times)),
      };
    } finally {
      await fixture.close();
    }
  },
};

type Deps = ReturnType<typeof libraryDeps>;

const countingInto = (cleaned: string[]): Deps['cleaning'] => ({
  removeInFolder: async (_, paths) => {
    cleaned.push(...paths);
    return [];
  },
  tellOfFolder: async () => [],
  areComplete: async () => true,
});

const folderOf = (file: number): string => `f${file % FOLDERS}`;
const nameOf = (file: number): string => `${String(file).padStart(8, '0')}.jpg`;
const idOf = (file: number): string => file.toString(16).padStart(24, '0');

/** Written straight into the table: what an upload costs is no part of this. */
async function loadFiles(
  deps: Deps,
  client: DynamoDBDocumentClient,
  table: string,
  files: number,
  report: (progress: string) => void,
): Promise<void> {
  await createFolder(deps, OWNER, { parentPath: '/', name: 'there' });
  const folderIds: string[] = [];
  for (let folder = 0; folder < FOLDERS; folder++) {
    folderIds.push((await createFolder(deps, OWNER, { parentPath: PLACES[0], name: folderOf(folder) })).folderId);
  }
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let from = next; from < files; from = next) {
      next += BATCH;
      const numbers = Array.from({ length: Math.min(BATCH, files - from) }, (_, index) => from + index);
      const puts = numbers.map((file) => ({
        PutRequest: { Item: toItem('fileEntry', entryOf(file, folderIds[file % FOLDERS] as string)) },
      }));
      await client.send(new BatchWriteCommand({ RequestItems: { [table]: puts } }));
      if (from % 10_000 === 0) report(`${from} of ${files} files written`);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, worker));
}

function entryOf(file: number, folderId: string): FileEntry {
  const at = '2026-11-28T00:00:00.000Z';
  return {
    ...{ folderId, name: nameOf(file), assetId: idOf(file), revision: 1, versionId: idOf(file) },
    ...{ contentType: 'image/jpeg', fileType: 'image', size: 1, objectKey: `media/${idOf(file)}` },
    ...{ isPrivate: false, isPublished: true, createdAt: at, updatedAt: at },
  };
}

/** Moves the folder to its other place. @returns milliseconds until listing and delivery have it there */
async function moveAndSee(deps: Deps, files: number, move: number): Promise<number> {
  const [source, target] = move % 2 === 0 ? PLACES : ([PLACES[1], PLACES[0]] as const);
  const file = move % files;
  const before = performance.now();
  await moveFolder(deps, OWNER, { source, destination: target.slice(0, target.lastIndexOf('/')) });
  const listed = await listOf(deps.store, `${target}/${folderOf(file)}`);
  const delivered = await delivers(deps.store, target, file);
  const took = performance.now() - before;
  expect([listed, delivered]).toEqual([filesIn(file, files), true]);
  expect(await listOf(deps.store, `${source}/${folderOf(file)}`)).toBeUndefined();
  return took;
}

/** How many files lie in the folder of a file. */
const filesIn = (file: number, files: number): number => Math.ceil((files - (file % FOLDERS)) / FOLDERS);

/** @returns how many files are listed; undefined when there is no such folder */
async function listOf(store: LibraryStore, path: string): Promise<number | undefined> {
  const folder = await findFolder(store, path);
  if (!folder) return undefined;
  let count = 0;
  for await (const _ of entriesIn(store, folder.folderId)) count++;
  return count;
}

const delivers = async (store: LibraryStore, place: string, file: number): Promise<boolean> =>
  (await findPathRecord(store, `${place}/${folderOf(file)}/${nameOf(file)}`)) !== undefined;

/**
 * Look for one file under both paths, all the time. Who does not find it at the first path sees a time at which it is at the
 * second one, unless it moves back between the two looks: then it is at the first one again.
 */
function startReaders(store: LibraryStore, files: number, anyFile: () => number) {
  let stopped = false;
  let reads = 0;
  const reader = async (first: number): Promise<void> => {
    const [one, other] = first % 2 === 0 ? PLACES : ([PLACES[1], PLACES[0]] as const);
    while (!stopped) {
      const file = anyFile();
      const seen = [await delivers(store, one, file), await delivers(store, other, file)];
      if (!seen.includes(true)) seen.push(await delivers(store, one, file));
      expect(seen, `${nameOf(file)} is nowhere`).toContain(true);
      const listed = await listOf(store, `${one}/${folderOf(file)}`);
      expect([undefined, filesIn(file, files)], 'files of a folder').toContain(listed);
      reads++;
    }
  };
  const running = Promise.all(Array.from({ length: READERS }, (_, index) => reader(index)));
  // Looked at when the readers are stopped.
  running.catch(() => {});
  return {
    stop: async (): Promise<number> => {
      stopped = true;
      await running;
      return reads;
    },
  };
}

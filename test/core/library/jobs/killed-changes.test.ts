import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuditEvent } from '../../../../lambda/core/audit/event.ts';
import { firstBreak } from '../../../../lambda/core/audit/event-chain.ts';
import { moveFile, renameFile } from '../../../../lambda/core/library/files/move-file.ts';
import { moveFolder } from '../../../../lambda/core/library/folders/move-folder.ts';
import { endUnfinished } from '../../../../lambda/core/library/jobs/end-unfinished.ts';
import { runJobs } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import { sweepEffects } from '../../../../lambda/core/library/jobs/sweep-effects.ts';
import { restoreTrashed } from '../../../../lambda/core/library/trash/restore-trashed.ts';
import { trashFile } from '../../../../lambda/core/library/trash/trash-file.ts';
import { trashFolder } from '../../../../lambda/core/library/trash/trash-folder.ts';
import type { WorldState } from '../../../../proofs/library/world-state.ts';
import { readWorld } from '../../../../proofs/library/world-state.ts';
import { OWNER } from '../../kernel/callers.ts';
import { refusalOf } from '../refusal-of.ts';
import type { KilledWork } from './killed-work.ts';
import { ORIGINALS, startKilledWork } from './killed-work.ts';
import type { WorkToKill } from './work-to-kill.ts';

/*
 * The attack FAULT-019: changes whose process is killed before each of its writes, which is also after the one before, when its
 * answer is lost. Then what waits is carried out, and the client, who heard nothing, asks again.
 */
let library: KilledWork;

beforeAll(async () => {
  library = await startKilledWork();
});
afterAll(() => library.close());

/** Where one try of a change takes place. */
interface Place {
  readonly from: string;
  readonly to: string;
  /** Of the file, or of the folder it is in. */
  readonly id: string;
}

interface KilledChange {
  readonly work: WorkToKill['work'];
  /** What is done before. @returns the id of what is changed */
  readonly prepare: (from: string, to: string) => Promise<string>;
  /** The same again, by who heard no answer. */
  readonly repeat: (place: Place) => Promise<unknown>;
  /** What who repeats it is told when it happened the first time. */
  readonly refusal: string;
  /** Where the file is in the end; undefined when it is in the trash. */
  readonly after: (place: Place) => string | undefined;
  readonly versions: number;
  readonly action: string;
}

const file = (folderPath: string) => ({ folderPath, name: 'file.txt' });
const deps = () => library.deps;

async function put(folder: string): Promise<string> {
  await library.put(`${folder}/file.txt`);
  const entry = await deps().store.fileEntry((await library.world.folderId(folder)) ?? '', 'file.txt');
  return entry?.assetId ?? '';
}

async function trashed(fileId: string): Promise<string> {
  await trashFile(deps(), OWNER, { fileId });
  return fileId;
}

const CHANGES: Readonly<Record<string, KilledChange>> = {
  'a move of a file': {
    work: 'move file',
    prepare: put,
    repeat: ({ from, to }) => moveFile(deps(), OWNER, { source: file(from), destination: to }),
    ...{ refusal: 'file.missing', after: ({ to }) => `${to}/file.txt`, versions: 2, action: 'file.moved' },
  },
  'a move of a file onto another': {
    work: 'move file',
    prepare: async (from, to) => {
      await put(to);
      return put(from);
    },
    repeat: ({ from, to }) => moveFile(deps(), OWNER, { source: file(from), destination: to }),
    ...{ refusal: 'file.missing', after: ({ to }) => `${to}/file.txt`, versions: 4, action: 'file.moved' },
  },
  'a new name of a file': {
    work: 'rename file',
    prepare: put,
    repeat: ({ from }) => renameFile(deps(), OWNER, { source: file(from), newName: 'renamed.txt' }),
    ...{ refusal: 'file.missing', after: ({ from }) => `${from}/renamed.txt`, versions: 2, action: 'file.moved' },
  },
  'a move of a folder': {
    work: 'move folder',
    prepare: async (from) => {
      await put(from);
      return (await library.world.folderId(from)) ?? '';
    },
    repeat: ({ from, to }) => moveFolder(deps(), OWNER, { source: from, destination: to }),
    ...{
      refusal: 'folder.missing',
      after: ({ from, to }) => `${to}${from}/file.txt`,
      versions: 2,
      action: 'folder.moved',
    },
  },
  'a file that goes to the trash': {
    work: 'delete file',
    prepare: put,
    repeat: ({ id }) => trashFile(deps(), OWNER, { fileId: id }),
    ...{ refusal: 'file.missing', after: () => undefined, versions: 2, action: 'file.trashed' },
  },
  'a file that is restored': {
    work: 'restore',
    prepare: async (from) => trashed(await put(from)),
    repeat: ({ id }) => restoreTrashed(deps(), OWNER, { id }),
    ...{ refusal: 'trash.missing', after: ({ from }) => `${from}/file.txt`, versions: 2, action: 'file.restored' },
  },
  'a folder that is restored': {
    work: 'restore',
    prepare: async (from) => {
      await put(from);
      const folderId = (await library.world.folderId(from)) ?? '';
      await trashFolder(deps(), OWNER, from);
      return folderId;
    },
    repeat: ({ id }) => restoreTrashed(deps(), OWNER, { id }),
    ...{ refusal: 'trash.missing', after: ({ from }) => `${from}/file.txt`, versions: 2, action: 'folder.restored' },
  },
};

/** Runs of the minute, when every worker has ended. */
async function resume(): Promise<void> {
  for (let hour = 1; hour <= 3; hour++) {
    const later = { ...library.deps, clock: () => Date.now() + hour * 3_600_000 };
    await sweepEffects(later);
    await runJobs(later);
    await endUnfinished(later);
  }
}

/** With the bytes of the bucket. */
async function readLibrary(): Promise<WorldState> {
  const objects = new Map<string, string>();
  for (const Key of await library.storedKeys(ORIGINALS)) {
    const { Body } = await library.client.send(new GetObjectCommand({ Bucket: ORIGINALS, Key }));
    objects.set(Key, (await Body?.transformToString()) ?? '');
  }
  return readWorld({ items: library.world.items, objects });
}

async function eventsOf(id: string, action: string): Promise<number> {
  const events = (await library.world.events()).map(({ body }) => JSON.parse(body) as AuditEvent);
  return events.filter((event) => event.object.id === id && event.action === action).length;
}

it.each(Object.entries(CHANGES))(
  '%s happens once or not at all, wherever it is killed, and can be asked for again',
  async (says, { work, prepare, repeat, refusal, after, versions, action }) => {
    const seen = { undone: 0, done: 0 };
    for (let writes = 0; ; writes++) {
      const from = `/${says.replaceAll(' ', '-')}-${writes}`;
      const to = `${from}-to`;
      const place = { from, to, id: await prepare(from, to) };
      const hasEnded = await library.killedAt({ work, from, to, id: place.id, writes });
      await resume();

      const isDone = (await eventsOf(place.id, action)) === 1;
      seen[isDone ? 'done' : 'undone']++;
      if (isDone) expect((await refusalOf(repeat(place))).code).toBe(refusal);
      else await repeat(place);

      expect(await eventsOf(place.id, action)).toBe(1);
      const { files, trash } = await readLibrary();
      const path = after(place);
      const found = path === undefined ? trash[place.id]?.files[''] : files[path];
      expect(found?.versions.map(({ number }) => number)).toEqual(Array.from({ length: versions }, (_, n) => n + 1));
      expect(found?.versions.at(-1)?.text).toBe('two');
      expect(Object.keys(files).filter((one) => one.startsWith(`${from}/`) && one !== path)).toEqual([]);
      if (hasEnded) break;
    }
    expect(Math.min(seen.undone, seen.done)).toBeGreaterThan(0);
    expect(await library.storedKeys(ORIGINALS)).toEqual([...new Set(await library.namedKeys())]);
    for (const members of Map.groupBy(await library.world.events(), ({ chain }) => chain).values()) {
      expect(firstBreak(members)).toBeUndefined();
    }
    expect(library.world.reports).toEqual([]);
  },
  600_000,
);

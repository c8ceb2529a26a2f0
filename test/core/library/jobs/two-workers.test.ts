import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuditEvent } from '../../../../lambda/core/audit/event.ts';
import { copyFolder } from '../../../../lambda/core/library/folders/copy-folder.ts';
import { createFolder } from '../../../../lambda/core/library/folders/create-folder.ts';
import { moveFolder } from '../../../../lambda/core/library/folders/move-folder.ts';
import { runJob, runJobs } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import type { LibraryJob } from '../../../../lambda/core/library/store/library-job.ts';
import { purgeTrashed } from '../../../../lambda/core/library/trash/purge-trashed.ts';
import { trashFolder } from '../../../../lambda/core/library/trash/trash-folder.ts';
import { readWorld } from '../../../../proofs/library/world-state.ts';
import { OWNER } from '../../kernel/callers.ts';
import type { LibraryWorld, WorldDeps } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';

/* The attack EVT-008: a worker takes longer than it holds its job, and a second one does all of it meanwhile. */
let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

/** Each has a version of its own, in the folder that is worked on. */
const NAMES = ['1.txt', '2.txt', 'deep/3.txt'];

interface LongJob {
  readonly begin: (root: string) => Promise<LibraryJob>;
  /** Of each file. */
  readonly action: string;
  /** Files in the end, below the root. */
  readonly after: readonly string[];
}

const JOBS: Readonly<Record<string, LongJob>> = {
  'a copy of a folder': {
    begin: (root) =>
      copyFolder(world.deps, OWNER, { source: `${root}/a/x`, destination: `${root}/b`, withVersions: true }),
    action: 'file.copied',
    after: NAMES.flatMap((name) => [`/a/x/${name}`, `/b/x/${name}`]),
  },
  'a folder that goes into another': {
    begin: async (root) => {
      await createFolder(world.deps, OWNER, { parentPath: `${root}/b/x`, name: 'deep' });
      return moveFolder(world.deps, OWNER, { source: `${root}/a/x`, destination: `${root}/b` });
    },
    action: 'file.moved',
    after: NAMES.map((name) => `/b/x/${name}`),
  },
  'a folder that is deleted for good': {
    begin: async (root) => {
      const folderId = (await world.folderId(`${root}/a/x`)) ?? '';
      await trashFolder(world.deps, OWNER, `${root}/a/x`);
      return purgeTrashed(world.deps, OWNER, folderId);
    },
    action: 'file.purged',
    after: [],
  },
};

/** A worker that stops before one of its changes, until somebody else has done something. */
function stopping(before: number, meanwhile: () => Promise<unknown>): WorldDeps & { readonly made: () => number } {
  let made = 0;
  const commit: WorldDeps['store']['commit'] = async (change, event) => {
    if (made++ === before) await meanwhile();
    return world.deps.store.commit(change, event);
  };
  return { ...world.deps, store: { ...world.deps.store, commit }, made: () => made };
}

const later = (times: number): WorldDeps => ({ ...world.deps, clock: () => Date.now() + times * 1_000_000 });

it.each(Object.entries(JOBS))(
  '%s is done once, wherever the second worker comes in between',
  async (says, { begin, action, after }) => {
    for (let stop = 0; ; stop++) {
      const root = `/${says.replaceAll(' ', '-')}-${stop}`;
      const ids: string[] = [];
      for (const name of NAMES) {
        ids.push((await world.upload(`${root}/a/x/${name}`, `${root} ${name}`)).head.assetId);
      }
      const { jobId } = await begin(root);
      const job = async () => (await world.deps.store.job(jobId)) as LibraryJob;
      const slow = stopping(stop, async () => runJob(later(1), await job()));

      // The first one finds in the end that the job is not its own any more.
      await runJob(slow, await job()).catch((error: Error) =>
        expect(error.message).toBe('Another worker took the job.'),
      );
      for (let run = 2; run < 5; run++) await runJobs(later(run));

      const files = Object.entries((await readWorld(world)).files).filter(([path]) => path.startsWith(`${root}/`));
      expect(files.map(([path]) => path.slice(root.length)).sort()).toEqual(after.toSorted());
      for (const [path, { versions }] of files) {
        const name = NAMES.find((one) => path.endsWith(`/${one}`));
        expect(versions.map(({ text }) => text)).toEqual([`${root} ${name}`]);
      }
      const own = (await world.events())
        .map(({ body }) => JSON.parse(body) as AuditEvent)
        .filter((event) => event.action === action && isAbout(event, ids, root));
      expect(own).toHaveLength(NAMES.length);
      expect(world.reports).toEqual([]);
      if (slow.made() <= stop) return expect(stop).toBeGreaterThan(NAMES.length - 1);
    }
  },
  300_000,
);

/** Of a copy, the event names the copy; its source has a path. */
const isAbout = ({ object, before }: AuditEvent, fileIds: readonly string[], root: string): boolean =>
  fileIds.includes(object.id) || String(before?.path).startsWith(`${root}/`);

import { beforeEach, expect, test } from 'vitest';
import { ENGINE_VERSION } from '../../../lambda/contract/engine-version.ts';
import type { AuditEvent } from '../../../lambda/core/audit/event.ts';
import type { MakeEvent } from '../../../lambda/core/audit/event-maker.ts';
import type { LibraryJob } from '../../../lambda/core/library/store/library-job.ts';
import type { AccountPurge } from '../../../lambda/core/purge/account-purge.ts';
import type { PurgeDeps } from '../../../lambda/core/purge/purge-assets.ts';
import { purgeAround, purgeAssets, purgeStatus, resumePurges } from '../../../lambda/core/purge/purge-assets.ts';
import type { PurgeJob } from '../../../lambda/core/purge/purge-job.ts';
import { makeEvent } from '../audit/told-events.ts';
import { OWNER } from '../kernel/callers.ts';

/* Ports are kept in memory, so that a purge can be stopped at any step; real storage is in test/handlers/purge.test.ts. */
let jobs: Map<string, PurgeJob>;
let removed: string[];
let foldersTold: string[];
let forgotten: string[];
let complete: boolean;
let accountPurges: AccountPurge[];
let now: number;
let fails: boolean;
let reports: string[];
let told: AuditEvent[];

beforeEach(() => {
  jobs = new Map();
  removed = [];
  foldersTold = [];
  forgotten = [];
  complete = false;
  accountPurges = [];
  now = 1_795_564_800_000;
  fails = false;
  reports = [];
  told = [];
});

const FILES: readonly { fileId: string; path: string; folder: string; tags: string[] }[] = [
  { fileId: '1', path: '/a.jpg', folder: '/', tags: [] },
  { fileId: '2', path: '/x/b.jpg', folder: '/x', tags: ['red'] },
  { fileId: '3', path: '/x/y/c.jpg', folder: '/x/y', tags: ['red', 'blue'] },
  { fileId: '4', path: '/xy/d.jpg', folder: '/xy', tags: ['blue'] },
];
const FOLDERS: Readonly<Record<string, readonly string[]>> = { '/': ['/x', '/xy'], '/x': ['/x/y'] };

const deps = (): PurgeDeps & { makeEvent: MakeEvent } => ({
  jobs: {
    begin: async (job, event) => {
      jobs.set(job.requestId, job);
      told.push(event);
    },
    save: async (job) => void jobs.set(job.requestId, job),
    find: async (requestId) => jobs.get(requestId),
    pending: async () => [...jobs.values()].filter(({ state }) => state === 'pending'),
  },
  folders: {
    list: async (folder) => ({
      files: FILES.filter((file) => file.folder === folder),
      folders: FOLDERS[folder] ?? [],
    }),
    pathOf: async (fileId) => FILES.find((file) => file.fileId === fileId)?.path,
  },
  removal: {
    removePaths: async (paths) => {
      if (fails) throw new Error('throttled');
      removed.push(...paths);
      return ['I1'];
    },
    removeInFolder: async (_, paths) => {
      if (fails) throw new Error('throttled');
      removed.push(...paths);
      return [];
    },
    tellOfFolder: async (folder) => {
      foldersTold.push(folder);
      return ['I5'];
    },
    removeVariants: async (_, keys) => {
      removed.push(...keys);
      return ['I2'];
    },
    removeNamed: async (name) => {
      if (fails) throw new Error('throttled');
      removed.push(`name:${name}`);
      return ['I3'];
    },
    removeEndpoint: async (id) => {
      removed.push(`endpoint:${id}`);
      return ['I4'];
    },
    areComplete: async () => complete,
  },
  originCache: { remove: async (paths) => void forgotten.push(...paths) },
  accountPurges: { save: async (purge) => void accountPurges.push(purge), list: async () => accountPurges },
  clock: () => now,
  hexId: () => 'f'.repeat(24),
  report: (event) => void reports.push(event),
  makeEvent,
});

test.each([
  [{ kind: 'asset', fileId: '3' }, ['/x/y/c.jpg']],
  [{ kind: 'folder', folder: '/x' }, ['/x/b.jpg', '/x/y/c.jpg']],
  [{ kind: 'folder', folder: '/' }, ['/a.jpg', '/x/b.jpg', '/x/y/c.jpg', '/xy/d.jpg']],
  [{ kind: 'tag', tag: 'blue' }, ['/x/y/c.jpg', '/xy/d.jpg']],
  [{ kind: 'prefix', prefix: '/x/' }, ['/x/b.jpg', '/x/y/c.jpg']],
  [{ kind: 'prefix', prefix: '/x' }, ['/x', '/x/b.jpg', '/x/y/c.jpg', '/xy/d.jpg']],
  [{ kind: 'prefix', prefix: '/x/b.jpg' }, ['/x/b.jpg', '/x/b.jpg']],
] as const)('%j reaches %j', async (target, paths) => {
  await purgeAssets(deps(), OWNER, target);

  expect(removed.sort()).toEqual([...paths].sort());
  expect(forgotten.sort()).toEqual([...paths].sort());
});

test.each([
  [{ kind: 'folder', folder: '/x' }, ['/x']],
  [{ kind: 'prefix', prefix: '/x/y/' }, ['/x/y']],
  [{ kind: 'prefix', prefix: '/x/y' }, []],
  [{ kind: 'tag', tag: 'red' }, []],
] as const)('of %j the CDN is told by the folders %j', async (target, folders) => {
  await purgeAssets(deps(), OWNER, target);

  expect(foldersTold).toEqual(folders);
});

test('a URL reaches what is stored for it: every format, signed or not, whatever the endpoint chose', async () => {
  await purgeAssets(deps(), OWNER, { kind: 'url', endpoint: 'shop', path: '/a.jpg', query: 'tr=w-9' });

  expect(forgotten).toEqual(['/a.jpg']);
  const names = ['#.avif', '#.webp', '#.plain', '#.fixed', '#-s.avif', '#-s.webp', '#-s.plain', '#-s.fixed'];
  const reached = removed.map((key) => key.replace(/[0-9a-f]{32}/g, '#'));
  expect([...new Set(reached)].sort()).toEqual(
    ['open', 'signed'].flatMap((access) => names.map((name) => `${ENGINE_VERSION}/#/${access}/shop/${name}`)).sort(),
  );
  expect(new Set(removed).size).toBe(removed.length);
});

test('a URL whose answers depend on the client takes its whole file along', async () => {
  await purgeAssets(deps(), OWNER, { kind: 'url', endpoint: 'default', path: '/tr:w-auto/x/b.jpg', query: '' });

  expect(removed).toEqual(['/x/b.jpg']);
});

/** Jobs of folders that were renamed. */
const folderJobs = new Map<string, LibraryJob>();
const asked = () => ({ ...deps(), folderJobs: { job: async (jobId: string) => folderJobs.get(jobId) } });

test('the job of a folder that was renamed is asked about as a purge only when its caller wanted that', async () => {
  const states = [{ isPurge: true, state: 'pending' }, { isPurge: true, state: 'completed' }, { state: 'completed' }];
  for (const [index, job] of states.entries()) folderJobs.set(`job ${index}`, job as LibraryJob);

  expect([await purgeStatus(asked(), 'job 0'), await purgeStatus(asked(), 'job 1')]).toEqual(['Pending', 'Completed']);
  await expect(purgeStatus(asked(), 'job 2')).rejects.toMatchObject({ code: 'purge.unknown' });
});

test('a purge is pending until variants are gone and the CDN is done', async () => {
  const requestId = await purgeAssets(deps(), OWNER, { kind: 'folder', folder: '/' });

  expect(await purgeStatus(asked(), requestId)).toBe('Pending');
  complete = true;
  expect(await purgeStatus(asked(), requestId)).toBe('Completed');
  await expect(purgeStatus(asked(), 'unknown')).rejects.toMatchObject({ status: 400 });
});

test('a purge that somebody asks for is told when it is written down; one that follows from a change is not', async () => {
  const requestId = await purgeAssets(deps(), OWNER, { kind: 'tag', tag: 'blue' });
  await purgeAround(deps(), [{ kind: 'name', name: 'thumb' }], async () => 1);
  now += 30_000;
  await resumePurges(deps());

  expect(told).toMatchObject([
    {
      action: 'cache.purged',
      caller: { kind: 'private-key', id: 'private-key' },
      object: { kind: 'purge', id: requestId },
      after: { target: { kind: 'tag', tag: 'blue' } },
    },
  ]);
});

test('a purge that fails half-way is still accepted, and finished later', async () => {
  fails = true;
  complete = true;
  const requestId = await purgeAssets(deps(), OWNER, { kind: 'folder', folder: '/' });
  expect([await purgeStatus(asked(), requestId), ...reports]).toEqual(['Pending', 'purge-failed']);

  fails = false;
  await resumePurges(deps());
  expect([await purgeStatus(asked(), requestId), removed.length]).toEqual(['Completed', 4]);
});

test('a file that does not exist cannot be purged', async () => {
  await expect(purgeAssets(deps(), OWNER, { kind: 'asset', fileId: '9' })).rejects.toMatchObject({ status: 404 });
  expect([jobs.size, told]).toEqual([0, []]);
});

test('a change of settings is purged right after it, and by every region once it is known everywhere', async () => {
  const seen: string[][] = [];
  const change = async () => {
    seen.push([...removed]);
    return 'changed';
  };

  expect(await purgeAround(deps(), [{ kind: 'name', name: 'thumb' }], change)).toBe('changed');
  expect([seen, removed]).toEqual([[[]], ['name:thumb']]);

  await resumePurges(deps());
  expect(removed).toHaveLength(1);
  now += 30_000;
  await resumePurges(deps());
  await resumePurges(deps());
  expect(removed).toEqual(['name:thumb', 'name:thumb']);
});

test('a purge after a change that fails does not fail the change, and is made up for', async () => {
  fails = true;
  expect(await purgeAround(deps(), [{ kind: 'name', name: 'thumb' }], async () => 1)).toBe(1);
  expect(reports).toEqual(['purge-failed']);

  fails = false;
  now += 30_000;
  await resumePurges(deps());
  expect(removed).toEqual(['name:thumb']);
});

test('a change that is refused throws what it throws', async () => {
  const change = () =>
    purgeAround(deps(), [{ kind: 'endpoint', id: 'shop' }], () => Promise.reject(new Error('taken')));

  await expect(change()).rejects.toThrow('taken');
  expect(removed).toEqual([]);
});

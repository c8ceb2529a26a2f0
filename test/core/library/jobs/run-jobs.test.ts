import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { renameFolder } from '../../../../lambda/core/library/folders/move-folder.ts';
import { beginJob, runJob, runJobs } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import type { StaleFolder } from '../../../../lambda/core/library/jobs/stale-folder.ts';
import type { LibraryJob } from '../../../../lambda/core/library/store/library-job.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

const FILES = 130;
const LAST = '/big/below/deep/last.txt';

async function bigFolder(): Promise<string[]> {
  const paths = Array.from({ length: FILES }, (_, index) => `/big/${index % 2 ? 'below/' : ''}${index}.txt`);
  for (const path of [...paths, LAST]) await world.upload(path, 'x');
  return [...paths, LAST];
}

describe('a job that takes longer than its worker has time', () => {
  it('is left to the next worker, who goes on where it stopped', async () => {
    const paths = await bigFolder();
    const job = await renameFolder(world.deps, OWNER, { folder: '/big', newName: 'moved' });
    world.purged.length = 0;

    await runJob({ ...world.deps, until: world.deps.clock() }, job);
    const left = await world.deps.store.job(job.jobId);
    const byFirst = world.purged.splice(0);
    await runJobs(world.deps);

    expect(left).toMatchObject({ state: 'pending', done: 100, heldUntil: 0 });
    expect(byFirst).toHaveLength(100);
    expect([...byFirst, ...world.purged].sort()).toEqual([...paths].sort());
    expect(await world.deps.store.job(job.jobId)).toMatchObject({ state: 'completed', done: paths.length });
  });
});

describe('a job of a small folder', () => {
  it('is done by the call that began it', async () => {
    await world.upload('/small/a.txt', 'a');
    const job = await renameFolder(world.deps, OWNER, { folder: '/small', newName: 'smaller' });

    await beginJob(world.deps, job);

    expect(await world.deps.store.job(job.jobId)).toMatchObject({ state: 'completed', done: 1 });
  });

  it('is left pending when what it asks for fails, and the call is not', async () => {
    await world.upload('/broken/a.txt', 'a');
    const job = await renameFolder(world.deps, OWNER, { folder: '/broken', newName: 'unbroken' });
    const removeInFolder = () => Promise.reject(new Error('The CDN does not answer.'));

    await beginJob({ ...world.deps, cleaning: { ...world.deps.cleaning, removeInFolder } }, job);

    expect(world.reports.at(-1)).toMatchObject({ message: 'The CDN does not answer.' });
    expect(await world.deps.store.job(job.jobId)).toMatchObject({ state: 'pending' });
  });
});

describe('what the edge is told of a folder', () => {
  it('is nothing when the job is done within its call', async () => {
    await world.upload('/quick/a.txt', 'a');
    const job = await renameFolder(world.deps, OWNER, { folder: '/quick', newName: 'quicker' });
    const mark = () => Promise.reject(new Error('The edge is told.'));

    await beginJob({ ...world.deps, staleFolders: { ...world.deps.staleFolders, mark } }, job);

    expect(await world.deps.store.job(job.jobId)).toMatchObject({ state: 'completed' });
  });

  it('is that it is stale, from the first second that its job is not done until the CDN has forgotten its copies', async () => {
    await world.upload('/slow/a.txt', 'a');
    const job = await renameFolder(world.deps, OWNER, { folder: '/slow', newName: 'slower' });
    const late = { ...world.deps, until: world.deps.clock() };
    let forgotten = false;
    const cleaning = { ...world.deps.cleaning, areComplete: async () => forgotten };
    const state = async () => (await world.deps.store.job(job.jobId))?.state;

    await runJob(late, job);
    expect(world.stale.get(job.jobId)).toEqual({ jobId: job.jobId, path: '/slow', since: job.createdAt });

    await runJobs({ ...world.deps, cleaning });
    expect([await state(), world.stale.has(job.jobId)]).toEqual(['pending', true]);

    forgotten = true;
    await runJobs({ ...world.deps, cleaning });
    expect([await state(), world.stale.has(job.jobId)]).toEqual(['completed', false]);
  });

  it('is said again by the next worker when the first one could not say it', async () => {
    await world.upload('/mute/a.txt', 'a');
    const job = await renameFolder(world.deps, OWNER, { folder: '/mute', newName: 'muted' });
    const mark = () => Promise.reject(new Error('The table does not answer.'));
    const mute = { ...world.deps, staleFolders: { ...world.deps.staleFolders, mark } };
    await expect(runJob({ ...mute, until: world.deps.clock() }, job)).rejects.toThrow('The table does not answer.');
    const told: string[] = [];
    const after = { ...world.deps.staleFolders, mark: async ({ path }: StaleFolder) => void told.push(path) };

    const left = (await world.deps.store.job(job.jobId)) as LibraryJob;
    await world.deps.store.saveJob({ ...left, heldUntil: 0, revision: left.revision + 1 }, left.revision);
    await runJobs({ ...world.deps, staleFolders: after });

    expect(told).toContain('/mute');
    expect(await world.deps.store.job(job.jobId)).toMatchObject({ state: 'completed' });
  });
});

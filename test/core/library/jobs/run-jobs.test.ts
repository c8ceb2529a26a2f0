import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { renameFolder } from '../../../../lambda/core/library/folders/move-folder.ts';
import { beginJob, runJob, runJobs } from '../../../../lambda/core/library/jobs/run-jobs.ts';
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
    const carryOut = () => Promise.reject(new Error('The CDN does not answer.'));

    await beginJob({ ...world.deps, carryOut }, job);

    expect(world.reports.at(-1)).toMatchObject({ message: 'The CDN does not answer.' });
    expect(await world.deps.store.job(job.jobId)).toMatchObject({ state: 'pending' });
  });
});

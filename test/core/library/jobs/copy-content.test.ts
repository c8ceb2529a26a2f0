import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import { fileByPath } from '../../../../lambda/core/library/files/library-file.ts';
import { copyFolder } from '../../../../lambda/core/library/folders/copy-folder.ts';
import { moveFolder } from '../../../../lambda/core/library/folders/move-folder.ts';
import { runJob, runJobs } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import type { LibraryJob } from '../../../../lambda/core/library/store/library-job.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

const begin = (source: string, destination: string, withVersions = true) =>
  copyFolder(world.deps, OWNER, { source, destination, withVersions });

const at = async (folderPath: string, name: string) =>
  (await fileByPath(world.deps.store, OWNER, 'files.read', { folderPath, name })).head;

const stateOf = async ({ jobId }: LibraryJob) => world.deps.store.job(jobId);

describe('a folder that is copied', () => {
  it('brings its folders, files and versions, each with bytes of its own', async () => {
    await world.upload('/a/in/x.txt', 'first');
    await world.upload('/a/in/x.txt', 'second');
    await world.upload('/a/in/deep/y.txt', 'deep');

    const job = await begin('/a/in', '/a/out');
    await runJobs(world.deps);

    const copy = await at('/a/out/in', 'x.txt');
    expect(await stateOf(job)).toMatchObject({ state: 'completed', done: 2 });
    expect([copy.versionCount, world.objects.get(copy.objectKey)]).toEqual([2, 'second']);
    expect(copy.objectKey).not.toBe((await at('/a/in', 'x.txt')).objectKey);
    expect((await at('/a/out/in/deep', 'y.txt')).versionCount).toBe(1);
  });

  it('is copied once, though its worker was killed after the first file', async () => {
    for (const name of ['1.txt', '2.txt', '3.txt']) await world.upload(`/k/in/${name}`, name);
    const job = await begin('/k/in', '/k/out');
    let copies = 0;
    const dying = {
      ...world.deps,
      objects: {
        ...world.deps.objects,
        copy: async (from: string, to: string, size: number) => {
          if (++copies > 1) throw new Error('killed');
          await world.deps.objects.copy(from, to, size);
        },
      },
    };

    await expect(runJob(dying, job)).rejects.toThrow('killed');
    expect((await stateOf(job))?.state).toBe('pending');
    await runJobs({ ...world.deps, clock: () => Date.now() + 600_000 });

    expect((await stateOf(job))?.state).toBe('completed');
    for (const name of ['1.txt', '2.txt', '3.txt']) expect((await at('/k/out/in', name)).versionCount).toBe(1);
  });

  it('is still found when it is moved before the job begins', async () => {
    await world.upload('/m/in/x.txt', 'x');
    await begin('/m/in', '/m/out');
    await moveFolder(world.deps, OWNER, { source: '/m/in', destination: '/m/elsewhere' });

    await runJobs(world.deps);

    expect((await at('/m/out/in', 'x.txt')).name).toBe('x.txt');
  });

  it('names the files that could not be copied, and copies the others', async () => {
    for (let version = 0; version < 51; version++) await world.upload('/f/in/many.txt', String(version));
    await world.upload('/f/in/one.txt', 'one');
    for (let version = 0; version < 51; version++) await world.upload('/f/out/in/many.txt', String(version));

    const job = await begin('/f/in', '/f/out');
    await runJobs(world.deps);

    expect(await stateOf(job)).toMatchObject({
      state: 'completed',
      failures: [expect.stringMatching(/^\/f\/in\/many\.txt: .*100 versions/)],
    });
    expect((await at('/f/out/in', 'one.txt')).versionCount).toBe(1);
  });

  it('is refused into itself, into its own place, and for the root', async () => {
    await world.upload('/r/in/x.txt', 'x');

    expect((await refusalOf(begin('/r/in', '/r/in/deeper'))).code).toBe('folder.into-itself');
    expect((await refusalOf(begin('/r/in', '/r'))).code).toBe('file.same-place');
    expect((await refusalOf(begin('/', '/r'))).code).toBe('folder.is-root');
    expect((await refusalOf(begin('/r/none', '/r'))).code).toBe('folder.missing');
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OWNER, onBehalfOf } from '../../../../lambda/core/accounts/owner.ts';
import { runJob, runJobs } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import type { LibraryJob } from '../../../../lambda/core/library/store/library-job.ts';
import type { Confirmable } from '../../../../lambda/core/library/trash/confirmation.ts';
import { deleteEverything, emptyTrash } from '../../../../lambda/core/library/trash/empty-trash.ts';
import { listTrash } from '../../../../lambda/core/library/trash/list-trash.ts';
import { trashFile } from '../../../../lambda/core/library/trash/trash-file.ts';
import { trashFolder } from '../../../../lambda/core/library/trash/trash-folder.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

const FIFTEEN_MINUTES = 901_000;
const later = () => ({ ...world.deps, clock: () => Date.now() + FIFTEEN_MINUTES });
const jobOf = async ({ job }: Confirmable) => world.deps.store.job(job?.jobId ?? '');

const actions = async () =>
  (await world.events()).map(({ body }) => (JSON.parse(body) as { readonly action: string }).action);

async function finish(): Promise<void> {
  await runJobs(world.deps);
  await runJobs(later());
}

/** What tells of a file or folder, whatever its kind: jobs, caches of paths and the tree's stamp do not. */
const recordsOfFiles = async () =>
  (await world.items()).filter(({ pk }) => /^(in|fd|a|h|trash|up)#/.test(String(pk))).map(({ pk }) => pk);

beforeEach(async () => {
  const deployment = 'media.example.com';
  const given = `delete everything in ${deployment}`;
  const { job } = await deleteEverything(world.deps, OWNER, { given, deployment });
  await runJob(world.deps, job as LibraryJob);
  await finish();
});

describe('emptying the trash', () => {
  it('names its words first, with how much it is, and is refused when the trash has changed since', async () => {
    const { head } = await world.upload('/a/one.txt', '1');
    const other = await world.upload('/a/two.txt', '2');
    await trashFile(world.deps, OWNER, { fileId: head.assetId });

    const first = await emptyTrash(world.deps, OWNER, undefined);
    await trashFile(world.deps, OWNER, { fileId: other.head.assetId });
    const changed = await refusalOf(emptyTrash(world.deps, OWNER, 'delete 1 item'));

    expect(first).toEqual({ confirm: 'delete 1 item' });
    expect([changed.code, changed.status]).toEqual(['confirmation.differs', 409]);
    expect(changed.message).toContain('"delete 2 items"');
    expect(await listTrash(world.deps, OWNER)).toHaveLength(2);
  });

  it('leaves no byte and no record of it, and nothing else goes', async () => {
    await world.upload('/gone/deep/a.txt', 'one');
    await world.upload('/gone/deep/a.txt', 'two');
    const { head } = await world.upload('/kept/b.txt', 'three');
    await world.upload('/kept/c.txt', 'four');
    await trashFolder(world.deps, OWNER, '/gone');
    await trashFile(world.deps, OWNER, { fileId: head.assetId });

    const job = await emptyTrash(world.deps, OWNER, 'delete 2 items');
    await finish();

    expect(await jobOf(job)).toMatchObject({ name: 'EMPTY_TRASH', state: 'completed', done: 2 });
    expect(await actions()).toContain('trash.emptied');
    expect([...world.objects.values()]).toEqual(['four']);
    expect(await listTrash(world.deps, OWNER)).toEqual([]);
    expect(world.purged).toContain('/gone/deep/a.txt');
    expect((await recordsOfFiles()).some((pk) => String(pk).includes(head.assetId))).toBe(false);
  });

  it('stays in the folders of a key that is bound to some', async () => {
    const mine = await world.upload('/mine/a.txt', 'mine');
    const theirs = await world.upload('/theirs/a.txt', 'theirs');
    for (const { head } of [mine, theirs]) await trashFile(world.deps, OWNER, { fileId: head.assetId });
    const caller = onBehalfOf({ kind: 'restricted-key', id: 'k' }, [(await world.folderId('/mine')) as string]);

    await emptyTrash(world.deps, caller, 'delete 1 item');
    await finish();

    expect([...world.objects.values()]).toEqual(['theirs']);
  });

  it('is finished by another worker when the first one dies in the middle', async () => {
    for (let file = 0; file < 5; file++) {
      const { head } = await world.upload(`/many/${file}.txt`, String(file));
      await trashFile(world.deps, OWNER, { fileId: head.assetId });
    }
    const begun = await emptyTrash(world.deps, OWNER, 'delete 5 items');
    let erased = 0;
    const erase = async (objectKey: string) => {
      if (++erased > 2) throw new Error('killed');
      world.objects.delete(objectKey);
    };
    await expect(
      runJob({ ...world.deps, objects: { ...world.deps.objects, erase } }, begun.job as LibraryJob),
    ).rejects.toThrow('killed');
    expect(world.objects.size).toBe(3);

    await runJobs(later());
    await runJobs({ ...world.deps, clock: () => Date.now() + 3 * FIFTEEN_MINUTES });

    expect(world.objects.size).toBe(0);
    expect(await jobOf(begun)).toMatchObject({ state: 'completed' });
    expect(await recordsOfFiles()).toEqual([`fd#${await world.folderId('/many')}`, 'in#root']);
  });
});

describe('deleting everything', () => {
  it('is refused without the words, which name the deployment', async () => {
    const given = 'delete everything in other.example.com';
    const refusal = await refusalOf(deleteEverything(world.deps, OWNER, { given, deployment: 'media.example.com' }));

    expect([refusal.code, refusal.status]).toEqual(['confirmation.differs', 409]);
    expect(refusal.message).toContain('"delete everything in media.example.com"');
  });

  it('leaves no byte and no record of a file, folder or version, in sight or in the trash', async () => {
    await world.upload('/one.txt', '1');
    await world.upload('/shop/summer/two.txt', '2');
    await world.upload('/shop/summer/two.txt', '3');
    const { head } = await world.upload('/shop/three.txt', '4');
    await trashFile(world.deps, OWNER, { fileId: head.assetId });
    const deployment = 'media.example.com';

    const job = await deleteEverything(world.deps, OWNER, {
      given: `delete everything in ${deployment}`,
      deployment,
    });
    await finish();

    expect(await jobOf(job)).toMatchObject({ name: 'DELETE_EVERYTHING', state: 'completed', done: 3 });
    expect(await actions()).toContain('library.deleted');
    expect(world.objects.size).toBe(0);
    expect(await recordsOfFiles()).toEqual([]);
  });
});

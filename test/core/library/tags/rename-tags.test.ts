import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import type { AuditEvent } from '../../../../lambda/core/audit/event.ts';
import type { Caller } from '../../../../lambda/core/kernel/caller.ts';
import { getJob } from '../../../../lambda/core/library/jobs/get-job.ts';
import { runJob, runJobs } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import { countFacets } from '../../../../lambda/core/library/search/count-facets.ts';
import { isOneOf } from '../../../../lambda/core/library/search/is-one-of.ts';
import type { LibraryJob } from '../../../../lambda/core/library/store/library-job.ts';
import { renameTags } from '../../../../lambda/core/library/tags/rename-tags.ts';
import type { LibraryWorld, WorldDeps } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

const tagsOf = async (assetId: string) => (await world.deps.store.head(assetId))?.tags;
const jobAt = async ({ jobId }: LibraryJob) => (await world.deps.store.job(jobId)) as LibraryJob;
const upload = async (path: string, tags: readonly string[], deps?: WorldDeps) =>
  (await world.upload(path, 'x', { tags }, deps)).head.assetId;

/** Both runs, the second when its time has come. */
async function finish(job: LibraryJob): Promise<LibraryJob> {
  await runJob(world.deps, await jobAt(job));
  await runJobs({ ...world.deps, clock: () => Date.now() + 60_000 });
  return jobAt(job);
}

describe('tags that are renamed', () => {
  it('become one wherever they are, in their place, and searches and counts follow', async () => {
    const one = await upload('/merge/one.txt', ['first', 'shirt', 'last']);
    const two = await upload('/merge/two.txt', ['tee', 'shirts', 'shirt']);
    const other = await upload('/merge/other.txt', ['shirtless']);
    const job = await renameTags(world.deps, OWNER, { tags: ['shirt', 'shirts', ' tee '], newTag: 'top' });

    expect(await finish(job)).toMatchObject({ state: 'completed', name: 'RENAME_TAGS', done: 2 });
    expect([await tagsOf(one), await tagsOf(two), await tagsOf(other)]).toEqual([
      ['first', 'top', 'last'],
      ['top'],
      ['shirtless'],
    ]);
    const { tags } = await countFacets(world.deps, OWNER, {
      query: isOneOf('type', ['file']),
      path: '/merge',
      limit: 9,
    });
    expect(tags).toEqual([
      { value: 'top', count: 2 },
      { value: 'first', count: 1 },
      { value: 'last', count: 1 },
      { value: 'shirtless', count: 1 },
    ]);
  });

  it('are told of once, and each file as an update with what it was', async () => {
    const assetId = await upload('/told/a.txt', ['old']);
    const job = await renameTags(world.deps, OWNER, { tags: ['old'], newTag: 'new' });
    await finish(job);
    const events = (await world.events()).map(({ body }) => JSON.parse(body) as AuditEvent);

    expect(events.filter(({ action, object }) => action === 'tags.renamed' && object.id === job.jobId)).toHaveLength(1);
    expect(events.find(({ action, object }) => action === 'file.updated' && object.id === assetId)).toMatchObject({
      before: { tags: ['old'] },
      after: { tags: ['new'] },
    });
  });

  it('reach a file that the index does not have when the job begins', async () => {
    const job = await renameTags(world.deps, OWNER, { tags: ['early'], newTag: 'late' });
    await runJob(world.deps, await jobAt(job));
    const assetId = await upload('/lagging/a.txt', ['early']);

    expect((await jobAt(job)).state).toBe('pending');
    expect(await finish(job)).toMatchObject({ state: 'completed', done: 1 });
    expect(await tagsOf(assetId)).toEqual(['late']);
  });

  it('go on where a worker stopped', async () => {
    const ids = await Promise.all(Array.from({ length: 7 }, (_, index) => upload(`/many/${index}.txt`, ['much'])));
    const job = await renameTags(world.deps, OWNER, { tags: ['much'], newTag: 'many' });
    await runJob({ ...world.deps, until: world.deps.clock() }, await jobAt(job));

    expect(await jobAt(job)).toMatchObject({ state: 'pending', done: 1, heldUntil: 0 });
    expect(await finish(job)).toMatchObject({ state: 'completed', done: 7 });
    expect(await Promise.all(ids.map(tagsOf))).toEqual(ids.map(() => ['many']));
  });
});

describe('who renames tags', () => {
  const bound = (permissions: readonly string[], folderIds: readonly string[], id = 'bound'): Caller => ({
    ...{ kind: 'restricted-key', id },
    grants: [{ permissions, folderIds }],
  });

  it('changes what they may see and change, and learns of nothing else', async () => {
    const inside = await upload('/own/a.txt', ['mine']);
    const outside = await upload('/secret/a.txt', ['mine']);
    const own = (await world.folderId('/own')) as string;
    const caller = bound(['files.read', 'files.update'], [own]);
    const job = await renameTags(world.deps, caller, { tags: ['mine'], newTag: 'ours' });

    const done = await finish(job);
    expect([done.done, done.failures]).toEqual([1, undefined]);
    expect([await tagsOf(inside), await tagsOf(outside)]).toEqual([['ours'], ['mine']]);
    expect((await getJob(world.deps, caller, job.jobId)).jobId).toBe(job.jobId);
    const other = bound(['files.read', 'files.update'], [own], 'other');
    expect(await refusalOf(getJob(world.deps, other, job.jobId))).toMatchObject({ code: 'job.missing' });
  });

  it('is told which files they may see and not change, and which have no room for the tag', async () => {
    const seen = await upload('/seen/a.txt', ['twice']);
    const full = await upload('/full/a.txt', ['twice', 'x'.repeat(490)]);
    const [seenId, fullId] = [await world.folderId('/seen'), await world.folderId('/full')] as [string, string];
    const grants = [
      { permissions: ['files.read'], folderIds: [seenId] },
      { permissions: ['files.read', 'files.update'], folderIds: [fullId] },
    ];
    const job = await renameTags(
      world.deps,
      { kind: 'restricted-key', id: 'k', grants },
      {
        ...{ tags: ['twice'], newTag: 'more than ten characters' },
      },
    );

    const failures = (await finish(job)).failures ?? [];
    expect(failures.some((one) => one.startsWith('/seen/a.txt: ') && one.includes('files.update'))).toBe(true);
    expect(failures.some((one) => one.startsWith('/full/a.txt: ') && one.includes('500'))).toBe(true);
    expect([(await tagsOf(seen))?.[0], (await tagsOf(full))?.[0]]).toEqual(['twice', 'twice']);
  });

  it.each([
    [{ tags: ['a'], newTag: 'a' }, 'tags must name'],
    [{ tags: [' '], newTag: 'a' }, 'tags must name'],
    [{ tags: ['a'], newTag: 'b%' }, '%'],
    [{ tags: ['a'], newTag: ' ' }, 'newTag'],
  ])('is refused with %j', async (input, message) => {
    expect(await refusalOf(renameTags(world.deps, OWNER, input))).toMatchObject({
      code: 'file.invalid',
      message: expect.stringContaining(message),
    });
  });
});

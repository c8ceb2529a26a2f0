import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import type { Caller } from '../../../../lambda/core/kernel/caller.ts';
import { updateFile } from '../../../../lambda/core/library/files/update-file.ts';
import { runJob } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import { isOneOf } from '../../../../lambda/core/library/search/is-one-of.ts';
import type { BeginZipInput } from '../../../../lambda/core/library/selections/begin-zip.ts';
import { beginZip } from '../../../../lambda/core/library/selections/begin-zip.ts';
import { selectFiles } from '../../../../lambda/core/library/selections/select-files.ts';
import { zipUrl } from '../../../../lambda/core/library/selections/zip-url.ts';
import type { LibraryJob } from '../../../../lambda/core/library/store/library-job.ts';
import { trashFile } from '../../../../lambda/core/library/trash/trash-file.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { refusalOf } from '../refusal-of.ts';
import { readZip } from './read-zip.ts';

let world: LibraryWorld;
let secret: string;

beforeAll(async () => {
  world = await startLibraryWorld();
  await world.upload('/press/a.txt', 'first');
  await world.upload('/press/below/a.txt', 'second', { tags: ['kit'] });
  await world.upload('/press/below/broken.txt', 'third', { tags: ['kit'] });
  secret = (await world.upload('/press/secret.txt', 'private')).head.assetId;
  await updateFile(world.deps, OWNER, { fileId: secret, update: { isPrivate: true } });
  const draft = await world.upload('/press/draft.txt', 'draft');
  await updateFile(world.deps, OWNER, { fileId: draft.head.assetId, update: { isPublished: false } });
});
afterAll(() => world.close());

const jobAt = async ({ jobId }: LibraryJob) => (await world.deps.store.job(jobId)) as LibraryJob;
const filesIn = (folder: string, caller = OWNER) => selectFiles(world.deps, caller, { folder });

async function begun(input: Partial<BeginZipInput>, caller: Caller = OWNER): Promise<LibraryJob> {
  const files = input.files ?? (await filesIn('/press', caller));
  return beginZip(world.deps, caller, { fileName: 'press.zip', ...input, files });
}

async function written(job: LibraryJob) {
  await runJob(world.deps, await jobAt(job));
  const zip = readZip(Buffer.from(world.objects.get(`${job.jobId}.zip`) ?? '', 'latin1'));
  return zip.map(({ name, bytes }) => [name, bytes.toString()]);
}

describe('a ZIP of a folder', () => {
  it('has the originals at their paths, private ones of who may decide who sees them, and names what is left out', async () => {
    const job = await begun({ folder: '/press' });

    expect(await written(job)).toEqual([
      ['a.txt', 'first'],
      ['secret.txt', 'private'],
      ['below/a.txt', 'second'],
      ['below/broken.txt', 'third'],
    ]);
    expect(await jobAt(job)).toMatchObject({
      ...{ state: 'completed', done: 4, name: 'ZIP' },
      failures: ['/press/draft.txt: It is a draft or taken down.'],
    });
  });

  it('has what a named transformation makes of each, and names what it makes nothing of', async () => {
    const job = await begun({ folder: '/press/below', files: await filesIn('/press/below'), transformation: 'small' });

    expect(await written(job)).toEqual([['a.txt.webp', '/PRESS/BELOW/A.TXT']]);
    expect((await jobAt(job)).failures).toEqual(['/press/below/broken.txt: It is not delivered with n-small.']);
  });
});

describe('a ZIP that others would make too large', () => {
  it('leaves their files out, and names them: they took the place of smaller ones since', async () => {
    await world.upload('/grown/a.txt', 'small');
    const job = await begun({ folder: '/grown', files: await filesIn('/grown') });
    await world.upload('/grown/a.txt', 'large', { size: LIMITS.zipBytes + 1 });

    expect(await written(job)).toEqual([]);
    expect((await jobAt(job)).failures).toEqual([
      `/grown/a.txt: The ZIP is full: it has at most ${LIMITS.zipBytes} bytes.`,
    ]);
  });
});

describe('the rights of who asks for a ZIP', () => {
  it('decide over private files, by the right to restrict folders', async () => {
    const folderId = (await world.folderId('/press')) as string;
    const reader: Caller = {
      ...{ kind: 'restricted-key', id: 'reader' },
      grants: [{ permissions: ['files.read'], folderIds: [folderId] }],
    };
    const job = await begun({ folder: '/press' }, reader);

    expect((await written(job)).map(([name]) => name)).not.toContain('secret.txt');
    expect((await jobAt(job)).failures?.some((one) => /^\/press\/secret\.txt: .*folders\.restrict/.test(one))).toBe(
      true,
    );
  });

  it('are asked again when it is written: what has gone or may not be seen by then is left out, and not told of', async () => {
    const { head } = await world.upload('/gone/a.txt', 'gone');
    const job = await begun({ files: [{ fileId: head.assetId, size: 4 }] });
    await trashFile(world.deps, OWNER, { fileId: head.assetId });

    expect(await written(job)).toEqual([]);
    expect(await jobAt(job)).toMatchObject({ state: 'completed', done: 0 });
    expect((await jobAt(job)).failures).toBeUndefined();
  });

  it('leave no file of the selection that they do not cover', async () => {
    const stranger: Caller = {
      ...{ kind: 'restricted-key', id: 's' },
      grants: [{ permissions: ['files.read'], folderIds: ['x'] }],
    };

    expect(await refusalOf(selectFiles(world.deps, stranger, { fileIds: [secret] }))).toMatchObject({
      code: 'file.missing',
    });
    expect(await refusalOf(filesIn('/press', stranger))).toMatchObject({ code: 'folder.missing' });
    expect(await selectFiles(world.deps, stranger, { query: isOneOf('tags', ['kit']) })).toEqual([]);
    expect(await selectFiles(world.deps, OWNER, { query: isOneOf('tags', ['kit']) })).toHaveLength(2);
  });
});

describe('a worker whose time ends', () => {
  it('leaves no ZIP, and the next one writes it whole', async () => {
    const job = await begun({ folder: '/press' });
    await runJob({ ...world.deps, until: world.deps.clock() }, await jobAt(job));

    expect(world.objects.has(`${job.jobId}.zip`)).toBe(false);
    expect(await jobAt(job)).toMatchObject({ state: 'pending' });
    expect(await zipUrl(world.deps, await jobAt(job))).toBeUndefined();
    expect(await written(job)).toHaveLength(4);
    expect(await jobAt(job)).toMatchObject({ state: 'completed', done: 4 });
  });

  it('is not followed by others without end', async () => {
    const job = await begun({ folder: '/press' });
    for (let count = 0; count <= 20; count++) await runJob({ ...world.deps, until: 0 }, await jobAt(job));

    expect((await jobAt(job)).state).toBe('completed');
    expect((await jobAt(job)).failures?.at(-1)).toContain('press.zip: ');
    expect(await zipUrl(world.deps, await jobAt(job))).toBeUndefined();
  });
});

describe('a ZIP that is written', () => {
  it('is read by a URL for an hour, on the day on which it was written', async () => {
    const job = await begun({ folder: '/press' });
    await written(job);
    const done = await jobAt(job);
    const at = (hours: number) => ({ ...world.deps, clock: () => Date.parse(done.updatedAt) + hours * 3_600_000 });

    expect(await zipUrl(at(23), done)).toBe(`https://storage.example/${job.jobId}.zip?seconds=3600`);
    expect(await zipUrl(at(24), done)).toBeUndefined();
  });
});

describe('the limits of a ZIP', () => {
  const files = (count: number, size: number) =>
    Array.from({ length: count }, (_, index) => ({ fileId: index.toString(16).padStart(24, '0'), size }));
  const code = async (selected: BeginZipInput['files']) =>
    (await refusalOf(beginZip(world.deps, OWNER, { files: selected, fileName: 'x.zip' }))).code;

  it('are its files, its bytes, and one file at least', async () => {
    expect(await code(files(LIMITS.zipFiles, 1))).toBeUndefined();
    expect(await code(files(LIMITS.zipFiles + 1, 1))).toBe('selection.limit');
    expect(await code(files(2, LIMITS.zipBytes / 2))).toBeUndefined();
    expect(await code(files(2, LIMITS.zipBytes / 2 + 1))).toBe('selection.limit');
    expect(await code([])).toBe('input.invalid');
  });
});

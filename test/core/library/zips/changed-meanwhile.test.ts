import { afterAll, beforeAll, expect, it } from 'vitest';
import { OWNER } from '../../../../lambda/core/accounts/owner.ts';
import type { Caller } from '../../../../lambda/core/kernel/caller.ts';
import { updateFile } from '../../../../lambda/core/library/files/update-file.ts';
import { runJob } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import { beginZip } from '../../../../lambda/core/library/selections/begin-zip.ts';
import { selectFiles } from '../../../../lambda/core/library/selections/select-files.ts';
import type { LibraryJob } from '../../../../lambda/core/library/store/library-job.ts';
import { trashFile } from '../../../../lambda/core/library/trash/trash-file.ts';
import type { LibraryWorld } from '../library-world.ts';
import { startLibraryWorld } from '../library-world.ts';
import { readZip } from './read-zip.ts';

/* EXP-003: twenty ZIPs at once, in each of which files change while it is written. */
const ZIPS = 20;

let world: LibraryWorld;
beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

const READER: Caller = { kind: 'restricted-key', id: 'reader', grants: [{ permissions: ['files.read'] }] };

/** @returns members of the ZIP, and what the job says of those that are not in it */
async function zipWhileFilesChange(number: number) {
  const folder = `/race-${number}`;
  const uploaded = async (name: string, text: string) =>
    (await world.upload(`${folder}/${name}.txt`, text)).head.assetId;
  const first = await uploaded('a-first', 'first');
  const secret = await uploaded('b-secret', 'nobody else may read this');
  const gone = await uploaded('c-gone', 'gone');
  await uploaded('d-new', 'old');
  const files = await selectFiles(world.deps, READER, { folder });
  const order = [first, ...files.map(({ fileId }) => fileId).filter((id) => id !== first)];
  const chosen = order.flatMap((id) => files.filter(({ fileId }) => fileId === id));
  const job = await beginZip(world.deps, READER, { fileName: 'race.zip', folder, files: chosen });

  const { bytes, storage } = world.deps.zips;
  let hasChanged = false;
  const original: typeof bytes.original = async (key) => {
    const read = await bytes.original(key);
    if (!hasChanged) {
      hasChanged = true;
      await updateFile(world.deps, OWNER, { fileId: secret, update: { isPrivate: true } });
      await trashFile(world.deps, OWNER, { fileId: gone });
      await uploaded('d-new', 'new');
    }
    return read;
  };
  const changing = { ...world.deps, zips: { storage, bytes: { ...bytes, original } } };
  await runJob(changing, (await world.deps.store.job(job.jobId)) as LibraryJob);
  const done = (await world.deps.store.job(job.jobId)) as LibraryJob;
  const members = readZip(Buffer.from(world.objects.get(`${job.jobId}.zip`) ?? '', 'latin1'));
  return {
    members: members.map(({ name, bytes: text }) => [name, text.toString()]),
    state: done.state,
    failures: done.failures,
    folder,
  };
}

it('a ZIP has files as they are when their turn comes, none that became private by then, and says which are left out', async () => {
  const zips = await Promise.all(Array.from({ length: ZIPS }, (_, number) => zipWhileFilesChange(number)));

  for (const { members, state, failures, folder } of zips) {
    expect(state).toBe('completed');
    expect(members.toSorted()).toEqual([
      ['a-first.txt', 'first'],
      ['d-new.txt', 'new'],
    ]);
    expect(failures).toEqual([expect.stringMatching(new RegExp(`^${folder}/b-secret\\.txt: .*private`))]);
  }
}, 120_000);

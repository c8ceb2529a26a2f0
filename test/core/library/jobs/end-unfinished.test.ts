import { GetObjectCommand } from '@aws-sdk/client-s3';
import { settableFaults, startFaultProxy } from 'local-cloud/faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UploadIntent } from '../../../../lambda/core/library/asset.ts';
import { endUnfinished } from '../../../../lambda/core/library/jobs/end-unfinished.ts';
import { runJobs } from '../../../../lambda/core/library/jobs/run-jobs.ts';
import { undoUpload } from '../../../../lambda/core/library/upload-file.ts';
import { toIntent } from '../../../../lambda/core/library/uploads/upload-intent.ts';
import { OWNER } from '../../kernel/callers.ts';
import type { WorldDeps } from '../library-world.ts';
import type { KilledWork } from './killed-work.ts';
import { ORIGINALS, startKilledWork } from './killed-work.ts';

/* Work that is killed before each of its writes. */
let library: KilledWork;

beforeAll(async () => {
  library = await startKilledWork();
});
afterAll(() => library.close());

/** Milliseconds after which every worker has ended, and every upload that was on its way. */
const LATER = 30 * 3_600_000;

const later = (): WorldDeps => ({ ...library.deps, clock: () => Date.now() + LATER });

const expectOnlyNamed = async () =>
  expect(await library.storedKeys(ORIGINALS)).toEqual([...new Set(await library.namedKeys())]);

/** Notes of what is on its way, and versions that nothing refers to. */
async function loose(): Promise<unknown[]> {
  const named = await library.namedKeys();
  return (await library.world.items()).filter(
    ({ pk, sk, objectKey }) =>
      String(pk).startsWith('unfinished#') || (String(sk).startsWith('v#') && !named.includes(String(objectKey))),
  );
}

describe('bytes of work that is killed', () => {
  it.each([
    ['upload', 4],
    ['copy file', 6],
    ['copy folder', 9],
  ] as const)(
    'by %s are ended unless a version names them',
    async (work, atLeast) => {
      const from = `/${work.replace(' ', '-')}`;
      await library.put(`${from}/file.txt`);
      let writes = 0;
      while (!(await library.killedAt({ work, from, to: `${from}-${writes}`, writes }))) writes++;
      expect(writes).toBeGreaterThanOrEqual(atLeast);
      const before = await library.storedKeys(ORIGINALS);
      expect(before.length).toBeGreaterThan((await library.namedKeys()).length);

      expect(await endUnfinished(library.deps)).toBe(0);
      expect(await library.storedKeys(ORIGINALS)).toEqual(before);

      await runJobs(later());
      await endUnfinished(later());
      await expectOnlyNamed();
      expect(await loose()).toEqual([]);
      expect(library.world.reports).toEqual([]);
    },
    600_000,
  );
});

it('removes nothing while the table can be read or written by halves', async () => {
  await library.put('/unread/file.txt');
  await library.killedAt({ work: 'copy file', from: '/unread', to: '/never', writes: 5 });
  const before = [await library.storedKeys(ORIGINALS), await library.world.items()];
  const faults = settableFaults({ seed: 1, faults: [{ at: 'dynamodb', call: 'Query', fault: 'error' }] });
  const faulty = await startFaultProxy({ target: library.world.endpoint, at: 'dynamodb', faults });
  const deps = library.world.depsAt(faulty.endpoint, { objects: library.deps.objects, clock: later().clock });

  await expect(endUnfinished(deps)).rejects.toThrow();
  faults.set({ seed: 1, faults: [{ at: 'dynamodb', call: 'PutItem', fault: 'error' }] });
  expect(await endUnfinished(deps)).toBe(0);
  expect([await library.storedKeys(ORIGINALS), await library.world.items()]).toEqual(before);

  faults.set({ seed: 1, faults: [] });
  expect(await endUnfinished(deps)).toBe(1);
  await expectOnlyNamed();
  await faulty.close();
});

/** An upload whose client sends the bytes itself, and its bytes. */
async function beginInParts(name: string): Promise<UploadIntent> {
  const request = {
    ...{ name, folder: '/parts', unique: true, overwrite: false, overwriteTags: true, overwriteAITags: true },
    ...{ overwriteCustomMetadata: true, responseFields: [], post: [], extensions: [] },
  };
  const content = { contentType: 'application/octet-stream', fileType: 'non-image' as const, size: 4 };
  const planned = { caller: OWNER, request, content, customMetadata: {} };
  const intent = { ...toIntent(library.deps, planned, name), isInParts: true };
  await library.deps.store.addIntent(intent);
  await library.originals.write(intent, Buffer.from('text'));
  return intent;
}

/* The attack UPL-013; parts that were never joined are ended by a rule of the bucket. */
it('ends an upload that its client abandoned, and bytes that come after one was taken back', async () => {
  const abandoned = await beginInParts('abandoned.txt');
  const refused = await beginInParts('refused.txt');
  expect(await undoUpload({ ...library.deps, originals: library.originals }, refused)).toBe(true);
  expect(await library.storedKeys(ORIGINALS)).not.toContain(refused.objectKey);
  await library.originals.write(refused, Buffer.from('text'));

  expect(await endUnfinished(library.deps)).toBe(0);
  expect(await library.storedKeys(ORIGINALS)).toEqual(
    expect.arrayContaining([abandoned, refused].map((i) => i.objectKey)),
  );

  expect(await endUnfinished(later())).toBe(2);
  await expectOnlyNamed();
  expect(await loose()).toEqual([]);
});

it('takes no byte of what is there', async () => {
  for (const Key of await library.storedKeys(ORIGINALS)) {
    const { Body } = await library.client.send(new GetObjectCommand({ Bucket: ORIGINALS, Key }));
    expect(['one', 'two', 'text']).toContain(await Body?.transformToString());
  }
});

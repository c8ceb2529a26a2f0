import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { versionIdOfKey } from '../../../lambda/contract/object-keys.ts';
import { completeFromEvent } from '../../../lambda/core/library/complete-from-event.ts';
import { sweepEffects } from '../../../lambda/core/library/jobs/sweep-effects.ts';
import type { UploadFileDeps } from '../../../lambda/core/library/upload-file.ts';
import type { UploadFixture } from './upload-fixture.ts';
import { startUploadFixture } from './upload-fixture.ts';

let fixture: UploadFixture;
let deps: UploadFixture['deps'];
let request: UploadFixture['request'];

beforeAll(async () => {
  fixture = await startUploadFixture();
  ({ deps, request } = fixture);
});

afterAll(() => fixture?.close());

beforeEach(() => {
  fixture.objects.clear();
  fixture.purged.length = 0;
  fixture.reports.length = 0;
});

test('a caller that dies after the bytes is made up for by the event, once', async () => {
  const died = deps({
    store: { ...fixture.store, commit: () => Promise.reject(new Error('the process died')) },
  });
  await expect(fixture.upload(request('died.png'), died)).rejects.toThrow('died');
  const [objectKey] = [...fixture.objects.keys()] as [string];
  expect(await fixture.pathRecord('/died.png')).toBeUndefined();

  expect(await completeFromEvent(deps(), objectKey)).toBe('completed');
  const completed = await fixture.items();
  expect(await fixture.pathRecord('/died.png')).toMatchObject({ objectKey, width: 40, height: 30 });

  expect(await completeFromEvent(deps(), objectKey)).toBe('settled');
  expect(await fixture.items()).toEqual(completed);
  expect(fixture.objects.size).toBe(1);
});

test.each([{ overwrite: true }, { overwrite: false }, { unique: true }])(
  'an event that is faster than the caller changes nothing about the answer: %j',
  async (changes) => {
    const name = `race-${Object.keys(changes)}-${Object.values(changes)}.png`;
    const store: UploadFileDeps['store'] = {
      ...fixture.store,
      commit: async (change, event) => {
        const [objectKey = ''] = [...fixture.objects.keys()].filter((key) => key.includes(`a-${name.slice(0, -4)}`));
        await completeFromEvent(deps(), objectKey);
        return fixture.store.commit(change, event);
      },
    };
    const late = deps({
      originals: {
        ...deps().originals,
        write: async (content, bytes) => {
          fixture.objects.set(content.objectKey, bytes);
          await completeFromEvent(deps(), content.objectKey);
        },
      },
    });

    const duringCommit = await fixture.upload(request(`a-${name}`, changes), deps({ store }));
    const beforeCommit = await fixture.upload(request(`b-${name}`, changes), late);

    for (const { file, version, number } of [duringCommit, beforeCommit]) {
      expect([version.versionId, number]).toEqual([file.head.assetId, 1]);
      expect(await fixture.store.head(file.head.assetId)).toEqual(file.head);
      expect(fixture.objects.has(file.head.objectKey)).toBe(true);
    }
  },
);

test("a failed purge does not fail the upload; the minute's run makes up for it, once", async () => {
  const carryOut = () => Promise.reject(new Error('throttled'));
  await fixture.upload(request('purge.png'));

  await fixture.upload(request('purge.png'), deps({ carryOut }));

  expect(fixture.reports).toEqual(['effects-failed']);
  const later = () => Date.now() + 61_000;
  await sweepEffects(deps());
  expect(fixture.purged).toEqual([]);
  await sweepEffects(deps({ clock: later, carryOut }));
  expect(fixture.reports).toHaveLength(2);
  await sweepEffects(deps({ clock: later }));
  expect(fixture.purged).toEqual(['/purge.png']);
  await sweepEffects(deps({ clock: later }));
  expect(fixture.purged).toEqual(['/purge.png']);
});

test('objects that are no originals, or have no intent, are left alone', async () => {
  const stray = `media/stray.png/${'0'.repeat(24)}.png`;
  fixture.objects.set(stray, fixture.picture);

  expect(await completeFromEvent(deps(), 'uploads/whatever')).toBe('foreign');
  expect(await completeFromEvent(deps(), stray)).toBe('settled');
  expect(fixture.objects.has(stray)).toBe(true);
});

test('a new version that the event completes is purged for by its caller too, before the answer', async () => {
  await fixture.upload(request('replaced.png'));
  const isEventsPurge = { carryOut: () => new Promise<void>(() => {}) };
  const during: UploadFileDeps['originals'] = {
    ...deps().originals,
    write: async (content, bytes) => {
      fixture.objects.set(content.objectKey, bytes);
      void completeFromEvent(deps(isEventsPurge), content.objectKey);
      while (await fixture.store.intent(versionIdOfKey(content.objectKey) ?? '')) await setImmediate();
    },
  };

  const { number } = await fixture.upload(request('replaced.png'), deps({ originals: during }));

  expect(number).toBe(2);
  expect(fixture.purged).toEqual(['/replaced.png']);
});

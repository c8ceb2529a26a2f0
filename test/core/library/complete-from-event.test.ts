import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { completeFromEvent } from '../../../lambda/core/library/complete-from-event.ts';
import type { Library } from '../../../lambda/core/library/library.ts';
import type { UploadFileDeps } from '../../../lambda/core/library/upload-file.ts';
import { uploadFile } from '../../../lambda/core/library/upload-file.ts';
import { OWNER } from '../kernel/callers.ts';
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
    library: { ...fixture.library, commitUpload: () => Promise.reject(new Error('the process died')) },
  });
  await expect(uploadFile(died, OWNER, request('died.png'))).rejects.toThrow('died');
  const [objectKey] = [...fixture.objects.keys()] as [string];
  expect(await fixture.library.findPath('/died.png')).toBeUndefined();

  expect(await completeFromEvent(deps(), objectKey)).toBe('completed');
  const completed = await fixture.items();
  expect(await fixture.library.findPath('/died.png')).toMatchObject({ objectKey, width: 40, height: 30 });

  expect(await completeFromEvent(deps(), objectKey)).toBe('settled');
  expect(await fixture.items()).toEqual(completed);
  expect(fixture.objects.size).toBe(1);
});

test.each([{ overwrite: true }, { overwrite: false }, { unique: true }])(
  'an event that is faster than the caller changes nothing about the answer: %j',
  async (changes) => {
    const name = `race-${Object.keys(changes)}-${Object.values(changes)}.png`;
    const slow: Library = {
      ...fixture.library,
      commitUpload: async (commit, event) => {
        await completeFromEvent(deps(), commit.intent.objectKey);
        return fixture.library.commitUpload(commit, event);
      },
    };
    const late: UploadFileDeps = deps({
      originals: {
        ...deps().originals,
        write: async (content, bytes) => {
          fixture.objects.set(content.objectKey, bytes);
          await completeFromEvent(deps(), content.objectKey);
        },
      },
    });

    const duringCommit = await uploadFile(deps({ library: slow }), OWNER, request(`a-${name}`, changes));
    const beforeCommit = await uploadFile(late, OWNER, request(`b-${name}`, changes));

    for (const { asset, version } of [duringCommit, beforeCommit]) {
      expect(version).toMatchObject({ versionId: asset.assetId, number: 1 });
      expect(await fixture.library.findAsset(asset.assetId)).toEqual(asset);
      expect(fixture.objects.has(asset.objectKey)).toBe(true);
    }
  },
);

test('a failed purge does not fail the upload; the event makes up for it', async () => {
  const variants = { purge: () => Promise.reject(new Error('throttled')) };
  await uploadFile(deps(), OWNER, request('purge.png'));

  const { asset } = await uploadFile(deps({ variants }), OWNER, request('purge.png'));

  expect(fixture.reports).toEqual(['purge-failed']);
  await expect(completeFromEvent(deps({ variants }), asset.objectKey)).rejects.toThrow('throttled');
  expect(await completeFromEvent(deps(), asset.objectKey)).toBe('settled');
  expect(fixture.purged).toEqual(['/purge.png']);
  await completeFromEvent(deps(), asset.objectKey);
  expect(fixture.purged).toEqual(['/purge.png']);
});

test('objects that are no originals, or have no intent, are left alone', async () => {
  const stray = `media/stray.png/${'0'.repeat(24)}.png`;
  fixture.objects.set(stray, fixture.picture);

  expect(await completeFromEvent(deps(), 'uploads/whatever')).toBe('foreign');
  expect(await completeFromEvent(deps(), stray)).toBe('settled');
  expect(fixture.objects.has(stray)).toBe(true);
});

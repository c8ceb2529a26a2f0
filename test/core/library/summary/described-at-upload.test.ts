import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isDescribed, summaryOfBytes } from '../../../../lambda/core/library/summary/described-at-upload.ts';
import type { UploadFixture } from '../upload-fixture.ts';
import { startUploadFixture } from '../upload-fixture.ts';

const bytes = Buffer.from('some text');
const text = { contentType: 'text/plain', fileType: 'non-image', size: bytes.length } as const;

test('a file that is no picture is described by its checksum', () => {
  expect(summaryOfBytes({ bytes, content: text })).toEqual({
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
});

test('a picture, and bytes that are stored already, are described later', () => {
  expect(summaryOfBytes({ bytes, content: { ...text, contentType: 'image/png', fileType: 'image' } })).toBeUndefined();
  expect(summaryOfBytes({ bytes, content: text, storedAt: `uploads/${'a'.repeat(24)}` })).toBeUndefined();
});

let fixture: UploadFixture;

beforeAll(async () => {
  fixture = await startUploadFixture();
});

afterAll(() => fixture?.close());

/** The key of an upload's bytes, and whether nothing is left to do about them. */
async function afterUpload(name: string, bytes?: Uint8Array): Promise<{ key: string; isDone: boolean }> {
  const source = bytes && { source: { kind: 'bytes' as const, bytes } };
  const { version } = await fixture.upload(fixture.request(name, source));
  return { key: version.objectKey, isDone: await isDescribed(fixture.deps().store, version.objectKey) };
}

test('nothing is left to do about a new file that is no picture', async () => {
  expect((await afterUpload('a.txt', Buffer.from('text'))).isDone).toBe(true);
});

test('a picture, a second version and what nobody has uploaded are still to be looked at', async () => {
  expect((await afterUpload('a.png')).isDone).toBe(false);
  expect((await afterUpload('a.txt', Buffer.from('more'))).isDone).toBe(false);
  const { key } = await afterUpload('b.txt', Buffer.from('text'));
  const { store } = fixture.deps();
  expect(await isDescribed(store, key.replace('b.txt', 'c.txt'))).toBe(false);
  expect(await isDescribed(store, 'fetched/a/b.txt')).toBe(false);
  expect(await isDescribed(store, key.replace(/[0-9a-f]{24}/, '0'.repeat(24)))).toBe(false);
});

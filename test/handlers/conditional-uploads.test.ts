import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ORIGINALS } from './cloud-fixture.ts';
import type { LibraryClient } from './library-client.ts';
import { startLibraryClient } from './library-client.ts';

/* Uploads with `If-Match`, in one request and in parts, through the API's function and its real stores. */
let client: LibraryClient;

beforeAll(async () => {
  client = await startLibraryClient();
});

afterAll(() => client?.close());
beforeEach(() => void vi.spyOn(console, 'info').mockImplementation(() => undefined));

async function upload(fileName: string, ifMatch?: string, useUniqueFileName = 'false') {
  const form = new FormData();
  form.set('file', new Blob(['text']), fileName);
  for (const [name, value] of Object.entries({ fileName, useUniqueFileName })) form.set(name, value);
  const headers = ifMatch === undefined ? {} : { 'if-match': ifMatch };
  const answer = await client.post('/api/v1/files/upload', form, headers);
  return { status: answer.status, body: JSON.parse(await answer.text()), tag: answer.headers.get('etag') ?? '' };
}

const details = (fileId: string) => client.call('GET', `/v1/files/${fileId}/details`);

const REFUSED = { status: 412, body: { code: 'file.changed' } };

test('the tag of the answer is that of the details, and lets one more version in', async () => {
  const first = await upload('a.txt');
  expect((await details(first.body.fileId)).headers.get('etag')).toBe(first.tag);

  const second = await upload('a.txt', first.tag);

  expect(second).toMatchObject({ status: 200, body: { versionInfo: { name: 'Version 2' } } });
  expect(second.tag).not.toBe(first.tag);
});

test('of two uploads that saw the same file, one is refused and leaves nothing', async () => {
  const { body, tag } = await upload('b.txt');

  const both = await Promise.all([upload('b.txt', tag), upload('b.txt', tag)]);

  expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  expect(both.find(({ status }) => status === 412)).toMatchObject(REFUSED);
  expect(await (await client.call('GET', `/v1/files/${body.fileId}/versions`)).json()).toHaveLength(2);
  expect((await client.cloud.buckets.keys(ORIGINALS)).filter((key) => key.includes('/b.txt/'))).toHaveLength(2);
});

test.each([
  ['there is no file', 'none.txt', '*', 'false'],
  ['the name is a new one each time', 'a.txt', '*', 'true'],
])('a condition is not met where %s', async (_, name, ifMatch, unique) => {
  const before = await client.cloud.buckets.keys(ORIGINALS);

  expect(await upload(name, ifMatch, unique)).toMatchObject(REFUSED);

  expect(await client.cloud.buckets.keys(ORIGINALS)).toEqual(before);
});

/** Begins an upload in parts, of which none is sent. */
async function begin(ifMatch: string) {
  const body = { size: 4, fileName: 'c.txt', useUniqueFileName: false };
  const answer = await client.call('POST', '/v1/uploads', { body, headers: { 'if-match': ifMatch } });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

test('an upload in parts is refused when it begins, and when the file was changed until it ends', async () => {
  const { tag, body } = await upload('c.txt');
  expect(await begin('"0"')).toMatchObject(REFUSED);
  const { uploadId } = (await begin(tag)).body;
  const signed = await client.call('POST', `/v1/uploads/${uploadId}/parts`, { body: { parts: [PART] } });
  const { parts } = JSON.parse(await signed.text());
  await fetch(parts[0].url, { method: 'PUT', headers: parts[0].headers, body: 'text' });
  await client.call('PATCH', `/v1/files/${body.fileId}/details`, { body: { description: 'Changed' } });

  const completed = await client.call('POST', `/v1/uploads/${uploadId}/complete`);

  expect([completed.status, await completed.json()]).toEqual([412, expect.objectContaining(REFUSED.body)]);
  expect(await (await client.call('GET', `/v1/files/${body.fileId}/versions`)).json()).toHaveLength(1);
});

/** SHA-256 of `text`. */
const PART = { number: 1, sha256: 'mC2ePrmW9VnmM/TRlN7zdh2Qn1o7ZH0ahR/q1nwyydE=' };

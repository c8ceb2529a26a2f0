import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { PRIVATE_KEY, PUBLIC_KEY } from './cloud-fixture.ts';
import type { LibraryClient } from './library-client.ts';
import { startLibraryClient } from './library-client.ts';

/* What ImageKit's clients rest on beyond the operations themselves, point by point, as bytes on the wire. */
let client: LibraryClient;
let fileId: string;

beforeAll(async () => {
  client = await startLibraryClient();
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
  fileId = await client.upload('/list/a.txt');
});

beforeEach(() => void vi.spyOn(console, 'info').mockImplementation(() => undefined));

afterAll(() => client?.close());

const { call } = {
  call: (method: string, path: string, parts?: Parameters<LibraryClient['call']>[2]) =>
    client.call(method, path, parts),
};

const basic = (text: string): Readonly<Record<string, string>> => ({
  authorization: `Basic ${Buffer.from(text).toString('base64')}`,
});

type Part = readonly [headers: string, body: string];

/** A multipart body by hand: parts in this order, with these lines of headers. */
async function send(path: string, parts: readonly Part[], key = basic(`${PRIVATE_KEY}:`)) {
  const body = parts.map(([headers, text]) => `--b\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${text}\r\n`);
  const headers = { ...key, 'content-type': 'multipart/form-data; boundary=b' };
  const { origin } = new URL((client.imagekit as unknown as { readonly baseURL: string }).baseURL);
  return new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
    const sent = request(origin + path, { method: 'POST', headers }, async (answer) => {
      const text = Buffer.concat(await answer.toArray()).toString();
      resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) });
    });
    sent.on('error', reject).end(`${body.join('')}--b--\r\n`);
  });
}

const FILE = ['name="file"; filename="x.txt"', 'text'] as const;
const NAME = ['name="fileName"', 'x.txt'] as const;

test('both of its hosts are one here: the paths of either are answered', async () => {
  expect((await call('GET', '/v1/files')).status).toBe(200);
  for (const path of ['/api/v1/files/upload', '/api/v2/files/upload']) {
    expect([path, (await send(path, [FILE, NAME])).status]).toEqual([path, 200]);
  }
});

test('a slash at the end is no other path', async () => {
  for (const path of ['/v1/files/', `/v1/files/${fileId}/details/`, '/v1/customMetadataFields/']) {
    expect([path, (await call('GET', path)).status]).toEqual([path, 200]);
  }
});

test('the paths of older SDKs lead to the same operations', async () => {
  const { url = '' } = await client.imagekit.files.get(fileId);
  const byUrl = async (path: string) => (await call('GET', `${path}?url=${encodeURIComponent(url)}`)).status;

  expect((await send('/v1/files/upload', [FILE, NAME])).status).toBe(200);
  expect(await byUrl('/v1/files/metadata')).toBe(await byUrl('/v1/metadata'));
});

test('of Basic authentication the user name counts, and the password is not looked at', async () => {
  for (const password of ['', 'do_not_set', 'anything:else']) {
    const headers = basic(`${PRIVATE_KEY}:${password}`);
    expect([password, (await call('GET', '/v1/files', { headers })).status]).toEqual([password, 200]);
  }
});

test('a new folder is answered 201 with an object, never without a body, and so is one that is there', async () => {
  for (const _ of ['new', 'there']) {
    const answer = await call('POST', '/v1/folder', { body: { folderName: 'made', parentFolderPath: '/list' } });

    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ folderPath: '/list/made' });
  }
});

test('an empty answer is 204, and an empty object for SDKs that read JSON always', async () => {
  const remove = async (headers: Record<string, string>) => {
    const id = await client.upload('/list/removed.txt');
    const answer = await call('DELETE', `/v1/files/${id}`, { headers });
    return [answer.status, await answer.text()];
  };

  expect(await remove({})).toEqual([204, '']);
  expect(await remove({ 'x-stainless-lang': 'js' })).toEqual([204, '']);
  for (const language of ['go', 'java', 'csharp']) {
    expect([language, ...(await remove({ 'x-stainless-lang': language }))]).toEqual([language, 200, '{}']);
  }
});

test('a conflict says that trying again does not help', async () => {
  await client.upload('/list/b.txt');
  const answer = await call('PUT', '/v1/files/rename', { body: { filePath: '/list/b.txt', newFileName: 'a.txt' } });

  expect([answer.status, answer.headers.get('x-should-retry')]).toEqual([409, 'false']);
});

test('every answer has its id under both names, and pages of other sites may read it', async () => {
  for (const path of ['/v1/files', '/v1/nothing']) {
    const { headers } = await call('GET', path);
    const exposed = headers.get('access-control-expose-headers')?.toLowerCase().split(/,\s*/);

    expect(headers.get('x-ik-requestid')).toBeTruthy();
    expect(headers.get('x-request-id')).toBe(headers.get('x-ik-requestid'));
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(exposed).toEqual(expect.arrayContaining(['x-request-id', 'x-ik-requestid', 'x-ratelimit-limit']));
  }
});

test.each([
  ['an unknown path', () => call('GET', '/_stainless_unknown_path'), 404],
  ['an unknown file', () => call('GET', `/v1/files/${'0'.repeat(24)}/details`), 404],
  ['no key', () => call('GET', '/v1/files', { headers: { authorization: '' } }), 401],
  ['another key', () => call('GET', '/v1/files', { headers: basic('private_other:') }), 403],
  ['a wrong body', () => call('POST', '/v1/files/addTags', { body: {} }), 400],
  ['a wrong method', () => call('PATCH', '/v1/files'), 405],
])('an error is JSON with message and help: %s', async (_, fail, status) => {
  const answer = await fail();

  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ message: expect.any(String), help: expect.any(String) });
});

test.each([
  ['first', [FILE, NAME, ['name="tags"', 'a']]],
  ['in the middle', [NAME, FILE, ['name="tags"', 'a']]],
  ['last', [NAME, ['name="tags"', 'a'], FILE]],
  ['as base64 text', [NAME, ['name="file"', Buffer.from('text').toString('base64')], ['name="tags"', 'a']]],
] as const)('a form is read with the file %s', async (_, parts) => {
  const { status, body } = await send('/api/v1/files/upload', parts);

  expect([status, body.message]).toEqual([200, undefined]);
  expect(body).toMatchObject({ size: 4, tags: ['a'] });
});

test('a signed form may name its public key twice', async () => {
  const { token, expire, signature } = client.imagekit.helper.getAuthenticationParameters();
  const signing = Object.entries({ publicKey: PUBLIC_KEY, token, expire: String(expire), signature });
  const parts = signing.map(([name, value]): Part => [`name="${name}"`, value]);
  const again: Part = ['name="publicKey"', PUBLIC_KEY];

  expect((await send('/api/v1/files/upload', [...parts, FILE, NAME, again], {})).status).toBe(200);
});

test('a file that has a name and holds a URL is what the URL leads to', async () => {
  const part = ['name="file"; filename="x.txt"\r\nContent-Type: text/plain', 'http://127.0.0.1:1/x.png'] as const;
  const { status, body } = await send('/api/v1/files/upload', [['name="fileName"', 'x.png'], part]);

  expect([status, body.code]).toEqual([400, 'upload.remote-failed']);
});

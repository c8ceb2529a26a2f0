import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { UPLOAD_PATHS, UPLOAD_V2_PATH } from '../../lambda/contract/routes.ts';
import { PRIVATE_KEY, PUBLIC_KEY } from './cloud-fixture.ts';
import type { LibraryClient } from './library-client.ts';
import { startLibraryClient } from './library-client.ts';
import { signedIn } from './signed-in.ts';

/* However a file comes into a folder, the path policy of the folder holds. */
let client: LibraryClient;

const FOLDER = '/press/2026';
const TEXT = 'aGVsbG8=';

/** What a file of the folder has that is given nothing. */
const DEFAULTS = { licence: 'stock', price: 1 };

beforeAll(async () => {
  client = await startLibraryClient();
  const { customMetadataFields: fields } = client.imagekit;
  await fields.create({
    ...{ name: 'licence', label: 'Licence' },
    schema: { type: 'SingleSelect', selectOptions: ['own', 'stock'], isValueRequired: true, defaultValue: 'own' },
  });
  await fields.create({ name: 'price', label: 'Price', schema: { type: 'Number' } });
  await fields.create({ name: 'room', label: 'Room', schema: { type: 'Text', defaultValue: 'hall' } });
  const chosen = [
    { name: 'licence', readOnly: true, defaultValue: 'stock' },
    { name: 'price', isValueRequired: true, defaultValue: 1 },
  ];
  await call('POST', '/v1/path-policies', { name: 'Press', folderPath: '/press', fields: chosen });
});

afterAll(() => client?.close());
beforeEach(() => void vi.spyOn(console, 'info').mockImplementation(() => undefined));

async function call(method: string, path: string, body?: unknown) {
  const answer = await client.call(method, path, { body });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

type Fields = Readonly<Record<string, string>>;

/** As a browser sends it. */
async function form(path: string, fields: Fields, headers: Fields = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ file: TEXT, fileName: 'a.txt', folder: FOLDER, ...fields })) {
    body.set(name, value);
  }
  const answer = await client.visit(path, { method: 'POST', body, headers });
  return JSON.parse(await answer.text());
}

const WITH_VALUES = { responseFields: 'customMetadata' };

const signed = () => ({ ...client.imagekit.helper.getAuthenticationParameters(), publicKey: PUBLIC_KEY });

async function byToken(fields: Fields) {
  const now = Math.floor(Date.now() / 1000);
  const token = await new SignJWT({ fileName: 'a.txt', folder: FOLDER, ...fields, iat: now, exp: now + 600 })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: PUBLIC_KEY })
    .sign(new TextEncoder().encode(PRIVATE_KEY));
  return form(UPLOAD_V2_PATH, { ...fields, token });
}

/** As the dashboard sends it: by the session of a person. */
async function byPerson(fields: Fields) {
  const invited = { mail: 'ada@example.com', name: 'Ada', roles: [{ role: 'editor' }] };
  const { body: person } = await call('POST', '/v1/people', invited);
  await client.visit('/v1/people/invitations/accept', {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ token: person.invitationToken }),
  });
  const cookie = `vitrine=${await signedIn(person.id)}`;
  return form(UPLOAD_PATHS[0], fields, { cookie, 'x-vitrine': '1', 'sec-fetch-site': 'same-origin' });
}

async function fromUrl() {
  const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const file = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.txt`;
  try {
    return await client.imagekit.files.upload({ file, fileName: 'a.txt', folder: FOLDER, ...inSdk() });
  } finally {
    server.close();
  }
}

const inSdk = () => ({ responseFields: ['customMetadata' as const, 'selectedFieldsSchema' as const] });

async function inParts(parameters: object = {}) {
  const bytes = Buffer.from('hello');
  const asked = { size: 5, fileName: 'a.txt', folder: FOLDER, responseFields: ['customMetadata'], ...parameters };
  const begun = await call('POST', '/v1/uploads', asked);
  if (begun.status !== 201) return begun.body;
  const part = { number: 1, sha256: createHash('sha256').update(bytes).digest('base64') };
  const signedParts = await call('POST', `/v1/uploads/${begun.body.uploadId}/parts`, { parts: [part] });
  const [{ url, headers }] = signedParts.body.parts;
  await fetch(url, { method: 'PUT', headers, body: bytes });
  return (await call('POST', `/v1/uploads/${begun.body.uploadId}/complete`)).body;
}

async function byGrant() {
  const { body: made } = await call('POST', '/v1/upload-grants', { folder: FOLDER, maximumBytes: 100 });
  const { body: begun } = await call('POST', '/v1/upload-grants/begin', { grant: made.grant, fileName: 'a.txt' });
  const body = new FormData();
  for (const [name, value] of Object.entries<string>(begun.fields)) body.set(name, value);
  body.set('file', new Blob(['hello']));
  await fetch(begun.url, { method: 'POST', body });
  const { uploadId } = begun;
  const { body: file } = await call('POST', '/v1/upload-grants/complete', { grant: made.grant, uploadId });
  return { customMetadata: (await client.imagekit.files.get(file.fileId)).customMetadata };
}

const byKey = (fields: object = {}) =>
  client.imagekit.files.upload({ file: TEXT, fileName: 'a.txt', folder: FOLDER, ...inSdk(), ...fields });

describe('a new file has the values that its folder gives', () => {
  test.each<[string, () => Promise<{ readonly customMetadata?: unknown }>]>([
    ['by a key', byKey],
    ['from a URL', fromUrl],
    ['by the form that a browser signs', () => form(UPLOAD_PATHS[0], { ...WITH_VALUES, ...textsOf(signed()) })],
    ['by version 2, with a token', () => byToken(WITH_VALUES)],
    ['by version 2, with a key', () => client.imagekit.beta.v2.files.upload({ ...ofKey(), ...inSdk() })],
    ['in parts', inParts],
    ['by a grant', byGrant],
    ['from the dashboard', () => byPerson(WITH_VALUES)],
  ])('that is uploaded %s', async (_, upload) => {
    expect((await upload()).customMetadata).toEqual(DEFAULTS);
  });
});

const ofKey = () => ({ file: TEXT, fileName: 'a.txt', folder: FOLDER });

const textsOf = (given: object): Fields =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));

describe('a value of a field that the folder does not mean is refused', () => {
  const customMetadata = '{"room":"r"}';

  test.each<[string, () => Promise<{ readonly message?: string }>]>([
    ['by a key', () => byKey({ customMetadata: { room: 'r' } }).catch(({ error }) => error)],
    ['by the form that a browser signs', () => form(UPLOAD_PATHS[0], { customMetadata, ...textsOf(signed()) })],
    ['by version 2, with a token', () => byToken({ customMetadata })],
    ['in parts', () => inParts({ customMetadata: { room: 'r' } })],
  ])('%s', async (_, upload) => {
    expect((await upload()).message).toBe(
      'customMetadata.room is not a field of the path policy of "/press", which has licence, price.',
    );
  });
});

test('a file of another folder has the fields as they are', async () => {
  const elsewhere = await client.imagekit.files.upload({ ...ofKey(), folder: '/pressing', ...inSdk() });

  expect(elsewhere.customMetadata).toEqual({ licence: 'own', room: 'hall' });
  expect(elsewhere).not.toHaveProperty('selectedFieldsSchema');
});

const SCHEMAS = {
  licence: {
    ...{ type: 'SingleSelect', selectOptions: ['own', 'stock'], isValueRequired: true },
    ...{ defaultValue: 'stock', readOnly: true },
  },
  price: { type: 'Number', isValueRequired: true, defaultValue: 1 },
};

describe('selectedFieldsSchema', () => {
  test('is in the answer to an upload that asks for it', async () => {
    expect((await byKey()).selectedFieldsSchema).toEqual(SCHEMAS);
    expect((await inParts({ responseFields: ['selectedFieldsSchema'] })).selectedFieldsSchema).toEqual(SCHEMAS);
    expect(await byKey({ responseFields: ['customMetadata'] })).not.toHaveProperty('selectedFieldsSchema');
  });

  test('is in the details of one file and of a version, and in no list', async () => {
    const { fileId = '', name } = await byKey();
    const { files, assets } = client.imagekit;

    expect((await files.get(fileId)).selectedFieldsSchema).toEqual(SCHEMAS);
    expect((await files.versions.get(fileId, { fileId })).selectedFieldsSchema).toEqual(SCHEMAS);
    const listed = (await assets.list({ path: FOLDER })).find((one) => one.name === name);
    expect([listed === undefined, listed && 'selectedFieldsSchema' in listed]).toEqual([false, false]);
  });
});

describe('a file of the folder', () => {
  const update = (fileId: string, customMetadata: Record<string, unknown>) =>
    client.imagekit.files.update(fileId, { customMetadata }).then(
      (file) => file.customMetadata,
      ({ error }) => error.message,
    );

  test('is changed by the rules of the folder', async () => {
    const { fileId = '' } = await byKey();

    expect(await update(fileId, { ...DEFAULTS, price: 5 })).toEqual({ licence: 'stock', price: 5 });
    expect(await update(fileId, { licence: 'own' })).toContain('licence is read-only by the path policy of "/press"');
    expect(await update(fileId, { price: null })).toContain('price needs a value');
    expect(await update(fileId, { room: 'r' })).toContain('room is not a field of the path policy');
  });

  test('takes its values along when it is moved, and is then changed by the rules of its new folder', async () => {
    const { fileId = '', filePath = '' } = await client.imagekit.files.upload({
      ...{ ...ofKey(), folder: '/moved', customMetadata: { room: 'attic', price: 2 } },
    });
    await client.imagekit.files.move({ sourceFilePath: filePath, destinationPath: FOLDER });

    expect((await client.imagekit.files.get(fileId)).customMetadata).toEqual({
      licence: 'own',
      room: 'attic',
      price: 2,
    });
    expect(await update(fileId, { room: 'cellar' })).toContain('room is not a field of the path policy');
    expect(await update(fileId, { room: null })).toEqual({ licence: 'own', price: 2 });
  });
});

import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { httpApiEvent, lambdaContext } from './events.ts';

let cloud: CloudFixture;
let handler: (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

beforeAll(async () => {
  cloud = await startCloudFixture();
  ({ handler } = await import('../../lambda/handlers/api.ts'));
});

afterAll(() => cloud?.close());

const KEYS = '/v1/accounts/keys';

async function call(key: string, method: string, path: string, json?: unknown) {
  const headers = {
    authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
    ...(json !== undefined && { 'content-type': 'application/json' }),
  };
  const body = json === undefined ? {} : { body: Buffer.from(JSON.stringify(json)) };
  const { statusCode, body: text } = await handler(httpApiEvent(method, path, { headers, ...body }), lambdaContext());
  return { status: statusCode, json: JSON.parse(text || 'null') };
}

type Made = { readonly id: string; readonly key: string };

async function made(permissions: readonly string[], more: object = {}, by = PRIVATE_KEY): Promise<Made> {
  const { status, json } = await call(by, 'POST', KEYS, { name: 'test', permissions, ...more });
  expect([status, json.code]).toEqual([201, undefined]);
  return json;
}

test('a restricted key may do what it was given, and is told what it lacks', async () => {
  const { key } = await made(['rules.read']);

  expect((await call(key, 'GET', '/v1/accounts/rules')).status).toBe(200);
  expect(await call(key, 'GET', KEYS)).toMatchObject({
    status: 403,
    json: { code: 'permission.missing', message: 'This key lacks the permission keys.read.' },
  });
});

test.each([
  ['folder', '/v1/bulkJobs/renameFolder', { folderPath: '/named', newFolderName: 'renamed' }],
  ['file', '/v1/files/rename', { filePath: '/named/a.txt', newFileName: 'b.txt' }],
])('who may rename a %s and not purge renames it without purgeCache only', async (_, path, names) => {
  await call(PRIVATE_KEY, 'POST', '/v1/folder', { folderName: 'named', parentFolderPath: '/' });
  const moving = await made(['folders.move', 'files.move', 'files.read']);
  const method = path.includes('bulkJobs') ? 'POST' : 'PUT';

  expect(await call(moving.key, method, path, { ...names, purgeCache: true })).toMatchObject({
    status: 403,
    json: { code: 'permission.missing', message: 'This key lacks the permission cache.purge.' },
  });
  // The folder is renamed now, which it was not by the refused call; there is no such file.
  const { status } = await call(moving.key, method, path, { ...names, purgeCache: false });
  expect(status).toBe(path.includes('bulkJobs') ? 202 : 404);
});

test('a key with a role may do what the role may, and is listed with it', async () => {
  const { status, json } = await call(PRIVATE_KEY, 'POST', KEYS, { name: 'reads', role: 'auditor' });

  expect([status, json.role, json.permissions.includes('rules.read')]).toEqual([201, 'auditor', true]);
  expect((await call(json.key, 'GET', KEYS)).json.find(({ id }: Made) => id === json.id).role).toBe('auditor');
  expect((await call(json.key, 'DELETE', `${KEYS}/${json.id}`)).json.code).toBe('permission.missing');
});

test.each([
  ['both', { role: 'viewer', permissions: ['rules.read'] }, 'exactly one of role and permissions'],
  ['neither', {}, 'exactly one of role and permissions'],
  ['the role of owners', { role: 'owner' }, 'one of admin, editor, contributor, viewer, auditor, privacy-officer'],
])('a key has a role or permissions: %s is refused', async (_, rights, message) => {
  expect(await call(PRIVATE_KEY, 'POST', KEYS, { name: 'x', ...rights })).toMatchObject({
    status: 400,
    json: { message: expect.stringContaining(message) },
  });
});

test('a key that makes too many changes is told how long to wait, and others are not', async () => {
  const [fast, other] = [await made(['files.update']), await made(['files.update'])];
  const authorization = (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
  const change = (key: string) =>
    handler(
      httpApiEvent('PATCH', `/v1/files/${'0'.repeat(24)}/details`, {
        headers: { authorization: authorization(key), 'content-type': 'application/json' },
        body: Buffer.from('{}'),
      }),
      lambdaContext(),
    );

  let answer = await change(fast.key);
  for (let call = 0; call < 100 && answer.statusCode !== 429; call++) answer = await change(fast.key);

  expect(answer.statusCode).toBe(429);
  expect(JSON.parse(answer.body ?? '')).toMatchObject({ code: 'rate.exceeded' });
  const headers = answer.headers as Readonly<Record<string, string>>;
  expect(headers).toMatchObject({ 'x-ratelimit-limit': '5', 'x-ratelimit-interval': '1000', 'retry-after': '1' });
  expect(headers['x-ratelimit-reset']).toBe(headers['retry-after-ms']);
  expect(Number(headers['retry-after-ms'])).toBeGreaterThan(0);
  expect((await change(other.key)).statusCode).toBe(404);
});

test('a key is shown once, and no item holds it', async () => {
  const { id, key } = await made(['rules.read']);
  const { json } = await call(PRIVATE_KEY, 'GET', KEYS);

  expect(json.find((one: Made) => one.id === id)).toMatchObject({
    start: key.slice(0, 11),
    permissions: ['rules.read'],
  });
  expect(JSON.stringify(json)).not.toContain(key.slice(11));
  expect(JSON.stringify(await cloud.library.items())).not.toContain(key.slice(11));
});

test('the next call with a revoked key is refused', async () => {
  const { id, key } = await made(['rules.read']);
  await call(PRIVATE_KEY, 'DELETE', `${KEYS}/${id}`);

  expect(await call(key, 'GET', '/v1/accounts/rules')).toMatchObject({ status: 403, json: { code: 'key.unknown' } });
  expect((await call(PRIVATE_KEY, 'DELETE', `${KEYS}/${id}`)).json.code).toBe('restricted-key.not-found');
});

test('a key that is bound to addresses is used from there alone, and its use is listed by the day', async () => {
  const { id, key } = await made(['rules.read'], { addresses: ['192.0.2.0/24'] });
  const { id: elsewhereId, key: elsewhere } = await made(['rules.read'], {
    addresses: ['198.51.100.0/24', '2001:db8::/32'],
  });

  expect((await call(key, 'GET', '/v1/accounts/rules')).status).toBe(200);
  expect(await call(elsewhere, 'GET', '/v1/accounts/rules')).toMatchObject({
    status: 403,
    json: { code: 'permission.missing', message: expect.stringContaining('other addresses') },
  });
  const listed = (await call(PRIVATE_KEY, 'GET', KEYS)).json as (Made & { lastUsedOn?: string })[];
  const usedOn = (wanted: string) => listed.find((one) => one.id === wanted)?.lastUsedOn;
  expect([usedOn(id), usedOn(elsewhereId)]).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d$/), undefined]);
  expect(await call(PRIVATE_KEY, 'POST', KEYS, { name: 'x', role: 'viewer', addresses: ['0.0.0.0/0'] })).toMatchObject({
    status: 400,
    json: { message: expect.stringContaining('CIDR') },
  });
});

test('a private file is made public with the right to restrict folders, by its details and by an upload', async () => {
  const without = await made(['files.read', 'files.update', 'files.upload']);
  const allowed = await made(['files.read', 'files.update', 'files.upload', 'folders.restrict']);
  const upload = async (key: string, isPrivateFile: string) => {
    const form = new FormData();
    form.set('file', new Blob(['text']), 'secret.txt');
    const fields = { fileName: 'secret.txt', useUniqueFileName: 'false', isPrivateFile };
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const request = new Response(form);
    const headers = {
      authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
      'content-type': request.headers.get('content-type') ?? '',
    };
    const body = Buffer.from(await request.arrayBuffer());
    const answer = await handler(httpApiEvent('POST', '/api/v1/files/upload', { headers, body }), lambdaContext());
    return JSON.parse(answer.body ?? '');
  };
  const { fileId } = await upload(without.key, 'true');
  const publish = (key: string) => call(key, 'PATCH', `/v1/files/${fileId}/details`, { isPrivateFile: false });
  const refusal = { message: expect.stringContaining('folders.restrict') };

  expect(await publish(without.key)).toMatchObject({ status: 403, json: refusal });
  expect(await upload(without.key, 'false')).toMatchObject(refusal);
  expect((await call(without.key, 'GET', `/v1/files/${fileId}/details`)).json).toMatchObject({
    isPrivateFile: true,
    versionInfo: { name: 'Version 1' },
  });
  expect((await publish(allowed.key)).json).toMatchObject({ isPrivateFile: false, reachableBy: 'everyone' });
  expect((await call(without.key, 'PATCH', `/v1/files/${fileId}/details`, { isPrivateFile: true })).json).toMatchObject(
    {
      reachableBy: 'signed-url',
    },
  );
  expect(await upload(allowed.key, 'false')).toMatchObject({ isPrivateFile: false });
});

test('a rolled key holds on for its grace, the new one has its rights', async () => {
  const old = await made(['rules.read']);
  const gone = await made(['rules.read']);
  const { json: next } = await call(PRIVATE_KEY, 'POST', `${KEYS}/${old.id}/roll`, { graceSeconds: 60 });
  const { json: last } = await call(PRIVATE_KEY, 'POST', `${KEYS}/${gone.id}/roll`, { graceSeconds: 0 });

  const statuses = [old, next, gone, last].map(
    async ({ key }) => (await call(key, 'GET', '/v1/accounts/rules')).status,
  );
  expect(await Promise.all(statuses)).toEqual([200, 200, 403, 200]);
  expect((await call(PRIVATE_KEY, 'GET', `${KEYS}/${old.id}`)).json).toMatchObject({ replacedBy: next.id });
});

test('nobody gives rights that they lack, by a new key or by rolling one', async () => {
  const maker = await made(['keys.write', 'rules.read']);
  const strong = await made(['rules.write']);

  expect((await made(['rules.read'], {}, maker.key)).key).toMatch(/^private_/);
  for (const [path, body] of [
    [KEYS, { name: 'more', permissions: ['rules.read', 'rules.write'] }],
    [KEYS, { name: 'more', role: 'admin' }],
    [`${KEYS}/${strong.id}/roll`, { graceSeconds: 0 }],
  ] as const) {
    expect(await call(maker.key, 'POST', path, body)).toMatchObject({
      status: 403,
      json: { code: 'permission.missing', message: expect.stringContaining('they lack') },
    });
  }
});

test('a key for some folders gives rights in them only', async () => {
  const folder = 'a'.repeat(24);
  const bound = await made(['keys.write', 'files.read'], { folderIds: [folder] });

  expect((await call(bound.key, 'POST', KEYS, { name: 'x', permissions: ['files.read'] })).status).toBe(403);
});

test('changes at once are all made, and the limit holds', async () => {
  await Promise.all(Array.from({ length: 9 }, () => made(['rules.read'])));
  const { json } = await call(PRIVATE_KEY, 'GET', KEYS);
  expect(json.length).toBeGreaterThanOrEqual(9);
  for (let count = json.length; count < 100; count++) await made(['rules.read']);

  expect(await call(PRIVATE_KEY, 'POST', KEYS, { name: 'x', permissions: ['rules.read'] })).toMatchObject({
    status: 400,
    json: { code: 'restricted-key.limit', message: expect.stringContaining('100') },
  });
});

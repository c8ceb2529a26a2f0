import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { ScheduledEvent } from 'aws-lambda';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { variantDependencies } from '../../lambda/adapters/library-table/variant-dependencies.lean.ts';
import { ENGINE_VERSION } from '../../lambda/contract/engine-version.ts';
import { cacheTag } from '../../lambda/core/delivery/cache-tags.ts';
import type { ApiServer } from './api-server.ts';
import { startApiServer } from './api-server.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { startCloudFixture, VARIANTS } from './cloud-fixture.ts';
import { lambdaContext } from './events.ts';

/* The official SDK, unchanged: URL endpoints and named transformations. */
let cloud: CloudFixture;
let api: ApiServer;

beforeAll(async () => {
  cloud = await startCloudFixture();
  api = await startApiServer();
});

afterAll(async () => {
  api?.close();
  await cloud?.close();
});

const endpoints = () => api.client().accounts.urlEndpoints;
const names = () => api.client().namedTransformations;

/** Puts a variant into the store, as the transformer would. */
const store = (Key: string) =>
  cloud.buckets.client.send(new PutObjectCommand({ Bucket: VARIANTS, Key, Body: 'variant' }));

test('the default endpoint is there from the start, can be changed and not be deleted', async () => {
  expect(await endpoints().list()).toMatchObject([{ id: 'default', urlPrefix: '', origins: [] }]);

  await endpoints().update('default', { description: 'Main' });

  expect(await endpoints().get('default')).toMatchObject({ id: 'default', description: 'Main' });
  await expect(endpoints().delete('default')).rejects.toMatchObject({ status: 400 });
});

test('an endpoint is created, read, changed and deleted, and the edge knows it when the call returns', async () => {
  const created = await endpoints().create({ description: 'Shop', urlPrefix: 'product-images' });
  expect(created).toMatchObject({ description: 'Shop', urlPrefix: 'product-images', origins: [] });
  expect(created.id).toMatch(/^[a-z0-9]+$/);
  expect(cloud.edgeSettings().get('prefix:product-images')).toBe(created.id);
  expect(await endpoints().get(created.id)).toEqual(created);

  const keyOf = (access: string, endpoint: string) => `${ENGINE_VERSION}/0a/${access}/${endpoint}/y.webp`;
  await store(keyOf('open', created.id));
  await store(keyOf('signed', created.id));
  await store(keyOf('open', 'default'));
  const changed = { description: 'Shop', urlPrefix: 'shop', requireSignature: true } as const;
  expect(await endpoints().update(created.id, changed)).toMatchObject(changed);
  expect(cloud.edgeSettings().has('prefix:product-images')).toBe(false);
  expect(cloud.edgeSettings().get(`endpoint:${created.id}`)).toBe('{"paused":false,"signed":true}');
  expect(await cloud.buckets.keys(VARIANTS)).toEqual([keyOf('open', 'default')]);
  expect(cloud.invalidations().at(-1)).toEqual([`#${cacheTag('endpoint', created.id)}`]);

  await endpoints().delete(created.id);
  expect(cloud.edgeSettings().has(`endpoint:${created.id}`)).toBe(false);
  await expect(endpoints().get(created.id)).rejects.toMatchObject({ status: 404 });
});

test('a prefix is given once, also when two ask for it at the same moment', async () => {
  const create = () => endpoints().create({ description: 'Blog', urlPrefix: 'blog' });

  const outcomes = await Promise.allSettled([create(), create(), create()]);

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await endpoints().list()).filter(({ urlPrefix }) => urlPrefix === 'blog')).toHaveLength(1);
  await expect(create()).rejects.toMatchObject({ status: 409 });
});

test.each([
  [{ description: 'X', urlPrefix: '' }, 'urlPrefix'],
  [{ description: 'X', urlPrefix: 'x', origins: ['nobody'] }, 'no origin with the id "nobody"'],
  [{ description: 'X', urlPrefix: 'x', urlRewriter: { type: 'THUMBOR' } }, 'urlRewriter'],
] as const)('%j is refused with the reason', async (body, reason) => {
  await expect(endpoints().create(body as never)).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining(reason),
  });
});

test('a rule may be about an endpoint that exists', async () => {
  const { id } = await endpoints().create({ description: 'Ruled', urlPrefix: 'ruled' });
  const rule = (scope: string) =>
    api.client().post('/v1/accounts/rules', {
      body: { scope, effect: 'block', match: { type: 'country', values: ['AQ'] }, reason: 'test' },
    });

  await rule(id);
  await expect(rule('nobody')).rejects.toMatchObject({ status: 400 });
});

test('a named transformation is created, read, changed and deleted', async () => {
  const created = await names().create({ name: 'small', transformation: 'tr:w-150,h-150' });
  expect(created).toMatchObject({ name: 'small', transformation: 'tr:w-150,h-150', enabled: true });
  expect(created.id).toMatch(/^[A-Za-z0-9]{9}$/);
  expect(await names().get(created.id as string)).toEqual(created);
  expect(await names().list()).toEqual([created]);

  const id = created.id as string;
  expect(await names().update(id, { enabled: false })).toMatchObject({ name: 'small', enabled: false });
  expect(await names().update(id, { name: 'tiny' })).toMatchObject({ id, name: 'tiny' });
  await expect(names().create({ name: 'tiny', transformation: 'w-1' })).rejects.toMatchObject({ status: 409 });
  await expect(names().create({ name: 'bad', transformation: 'w-x' })).rejects.toMatchObject({ status: 400 });

  await names().delete(id);
  expect(await names().list()).toEqual([]);
  await expect(names().get(id)).rejects.toMatchObject({ status: 404 });
});

test('a change purges what was made with the name, here at once and once more by the run of the minute', async () => {
  const { id } = await names().create({ name: 'purged', transformation: 'w-150' });
  const make = async (key: string) => {
    await variantDependencies(process.env, cloud.library.table).record(key, ['name:purged']);
    await store(key);
  };
  await make('open/default/a/b.webp');

  await names().update(id as string, { transformation: 'w-160' });
  expect(await cloud.buckets.keys(VARIANTS)).not.toContain('open/default/a/b.webp');

  // A function that still had the old meaning in its hands.
  await make('open/default/a/c.webp');
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 31_000);
  const { handler } = await import('../../lambda/handlers/resume-purges.ts');
  await handler({} as ScheduledEvent, lambdaContext());
  vi.restoreAllMocks();
  expect(await cloud.buckets.keys(VARIANTS)).not.toContain('open/default/a/c.webp');
});

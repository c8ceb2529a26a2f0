import { beforeEach, describe, expect, it, test } from 'vitest';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import type { AuditEvent } from '../../../../lambda/core/audit/event.ts';
import type { PurgeTarget } from '../../../../lambda/core/purge/purge-target.ts';
import type { Endpoint } from '../../../../lambda/core/settings/endpoints/endpoint.ts';
import type { ManageEndpointsDeps } from '../../../../lambda/core/settings/endpoints/manage-endpoints.ts';
import {
  createEndpoint,
  getEndpoint,
  listEndpoints,
  removeEndpoint,
  updateEndpoint,
} from '../../../../lambda/core/settings/endpoints/manage-endpoints.ts';
import { makeEvent } from '../../audit/told-events.ts';
import { OWNER } from '../../kernel/callers.ts';

/* The store is in memory, so that two changes can meet; the real table is in test/handlers/imagekit-sdk-endpoints.test.ts. */
let stored: Map<string, Endpoint>;
let version: number;
let happened: (string | PurgeTarget)[];
let serial: number;
let told: AuditEvent[];

beforeEach(() => {
  stored = new Map();
  version = 0;
  happened = [];
  serial = 0;
  told = [];
});

const deps = (changes: Partial<ManageEndpointsDeps> = {}): ManageEndpointsDeps => ({
  endpoints: {
    read: async () => ({ endpoints: [...stored.values()], version }),
    commit: async (change, expected, event) => {
      if (expected !== version) return false;
      version++;
      if ('put' in change) stored.set(change.put.id, change.put);
      else stored.delete(change.remove);
      told.push(event);
      return true;
    },
  },
  origins: { list: async () => [{ origin: { id: 'o1' } } as never] },
  distributionHosts: async () => ['media.example', 'shop.example'],
  regions: { home: 'eu-west-1', all: async () => ['eu-west-1', 'us-west-2'] },
  endpointId: () => `e${++serial}`,
  clock: () => 1_795_564_800_000 + serial,
  publish: async () => void happened.push('published'),
  purgeAround: async (targets, make) => {
    const made = await make();
    happened.push(...targets);
    return made;
  },
  makeEvent,
  ...changes,
});
const shop = { description: 'Shop', urlPrefix: 'shop', origins: ['o1'], hosts: ['shop.example'] };

test('the default endpoint is always there, first, and the others follow by age', async () => {
  await createEndpoint(deps(), OWNER, shop);
  await createEndpoint(deps(), OWNER, { description: 'Blog', urlPrefix: 'blog' });
  await updateEndpoint(deps(), OWNER, 'default', { description: 'Main', quality: 70 });

  const all = await listEndpoints(deps());

  expect(all.map(({ id, description }) => [id, description])).toEqual([
    ['default', 'Main'],
    ['e1', 'Shop'],
    ['e2', 'Blog'],
  ]);
});

test('a new endpoint is published; a changed or removed one is purged after that', async () => {
  const { id } = await createEndpoint(deps(), OWNER, shop);
  await updateEndpoint(deps(), OWNER, id, { ...shop, strict: true });
  await removeEndpoint(deps(), OWNER, id);

  const purge = { kind: 'endpoint', id };
  expect(happened).toEqual(['published', 'published', purge, 'published', purge]);
  await expect(getEndpoint(deps(), OWNER, id)).rejects.toMatchObject({ code: 'endpoint.not-found' });
});

test('every change is told with what was before and is after', async () => {
  const made = await createEndpoint(deps(), OWNER, shop);
  const changed = await updateEndpoint(deps(), OWNER, made.id, { ...shop, strict: true });
  await removeEndpoint(deps(), OWNER, made.id);

  const of = { caller: { kind: 'private-key', id: 'private-key' }, object: { kind: 'endpoint', id: made.id } };
  expect(told).toMatchObject([
    { ...of, action: 'endpoint.created', after: { ...made } },
    { ...of, action: 'endpoint.updated', before: { ...made }, after: { ...changed } },
    { ...of, action: 'endpoint.deleted', before: { ...changed } },
  ]);
  expect([told[0]?.before, told[2]?.after]).toEqual([undefined, undefined]);
});

test.each([
  [{ ...shop, hosts: [] }, 'urlPrefix "shop"'],
  [{ ...shop, urlPrefix: 'other' }, 'host shop.example'],
])('%j is taken', async (body, reason) => {
  await createEndpoint(deps(), OWNER, shop);

  await expect(createEndpoint(deps(), OWNER, body)).rejects.toMatchObject({ status: 409 });
  await expect(createEndpoint(deps(), OWNER, body)).rejects.toThrow(reason);
});

test('a host that the distribution does not answer is refused with those that it answers', async () => {
  const foreign = { ...shop, hosts: ['shop.example', 'other.example'] };
  const message =
    'The distribution does not know the host other.example. It knows media.example, shop.example; the configuration has more of them in mediaDomain.otherNames.';

  const refusal = { code: 'endpoint.invalid', status: 400, message };
  await expect(createEndpoint(deps(), OWNER, foreign)).rejects.toMatchObject(refusal);
  await expect(updateEndpoint(deps(), OWNER, 'default', { ...foreign, urlPrefix: '' })).rejects.toMatchObject(refusal);
  expect([stored.size, told.length]).toEqual([0, 0]);
});

test('any host is taken while the distribution is not known, and on one machine every name of it', async () => {
  const unknown = deps({ distributionHosts: async () => undefined });
  const local = deps({ distributionHosts: async () => ['localhost'] });
  const pictures = { description: 'Pictures', urlPrefix: 'pictures', hosts: ['pictures.localhost'] };

  expect((await createEndpoint(unknown, OWNER, shop)).hosts).toEqual(['shop.example']);
  expect((await createEndpoint(local, OWNER, pictures)).hosts).toEqual(['pictures.localhost']);
  await expect(createEndpoint(local, OWNER, { ...pictures, hosts: ['evil-localhost.example'] })).rejects.toThrow(
    'does not know the host evil-localhost.example. It knows localhost;',
  );
});

test('two calls at once cannot get one prefix', async () => {
  const outcomes = await Promise.allSettled([createEndpoint(deps(), OWNER, shop), createEndpoint(deps(), OWNER, shop)]);

  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect([stored.size, told.length]).toEqual([1, 1]);
});

test('an origin that nobody knows is refused', async () => {
  await expect(createEndpoint(deps(), OWNER, { ...shop, origins: ['o2'] })).rejects.toThrow(
    'no origin with the id "o2"',
  );
});

test('the number of endpoints has a limit', async () => {
  for (let index = 1; index < LIMITS.endpoints; index++) {
    await createEndpoint(deps(), OWNER, { description: 'One', urlPrefix: `p${index}` });
  }

  await expect(createEndpoint(deps(), OWNER, shop)).rejects.toThrow(`${LIMITS.endpoints} URL endpoints`);
});

test('the default endpoint stays, unknown ones are not found', async () => {
  await expect(removeEndpoint(deps(), OWNER, 'default')).rejects.toMatchObject({ status: 400 });
  await expect(updateEndpoint(deps(), OWNER, 'e9', shop)).rejects.toMatchObject({ status: 404 });
  await expect(removeEndpoint(deps(), OWNER, 'e9')).rejects.toMatchObject({ status: 404 });
  expect(told).toEqual([]);
});

test('a change that others keep overtaking ends with a try again', async () => {
  const overtaken = { ...deps().endpoints, commit: async () => false };

  await expect(createEndpoint(deps({ endpoints: overtaken }), OWNER, shop)).rejects.toMatchObject({ code: 'busy' });
});

describe('the region of an endpoint', () => {
  it('is the one that it was made in, home when none was named', async () => {
    const { id } = await createEndpoint(deps(), OWNER, { ...shop, region: 'us-west-2' });
    const atHome = await createEndpoint(deps(), OWNER, { description: 'Blog', urlPrefix: 'blog', region: 'eu-west-1' });

    expect(await getEndpoint(deps(), OWNER, id)).toMatchObject({ region: 'us-west-2' });
    expect(atHome).not.toHaveProperty('region');
  });

  it('is one of the deployment', async () => {
    await expect(createEndpoint(deps(), OWNER, { ...shop, region: 'ap-south-1' })).rejects.toMatchObject({
      code: 'endpoint.invalid',
      message: 'The deployment is not in the region "ap-south-1"; it is in eu-west-1, us-west-2.',
    });
    expect(told).toEqual([]);
  });

  it('stays what it is, whatever else is changed', async () => {
    const { id } = await createEndpoint(deps(), OWNER, { ...shop, region: 'us-west-2' });

    expect(await updateEndpoint(deps(), OWNER, id, { ...shop, quality: 50 })).toMatchObject({ region: 'us-west-2' });
    expect(await updateEndpoint(deps(), OWNER, id, { ...shop, region: 'us-west-2' })).toMatchObject({ quality: 80 });
  });

  it.each([
    ['us-west-2', 'eu-west-1'],
    [undefined, 'us-west-2'],
  ])('of %s does not become %s, and the refusal says what to do instead (REG-02)', async (made, wanted) => {
    const { id } = await createEndpoint(deps(), OWNER, { ...shop, region: made });

    await expect(updateEndpoint(deps(), OWNER, id, { ...shop, region: wanted })).rejects.toMatchObject({
      code: 'endpoint.invalid',
      message: expect.stringContaining('npx vitrine endpoint migrate'),
    });
    expect(stored.get(id)?.region).toBe(made);
  });
});

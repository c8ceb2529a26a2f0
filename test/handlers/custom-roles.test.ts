import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiHandler } from './browser.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { httpApiEvent, lambdaContext } from './events.ts';
import { signedIn } from './signed-in.ts';

let cloud: CloudFixture;
let handler: ApiHandler;

beforeAll(async () => {
  cloud = await startCloudFixture();
  ({ handler } = await import('../../lambda/handlers/api.ts'));
});

beforeEach(() => void vi.spyOn(console, 'error'));
afterAll(() => cloud?.close());

const OWNER = { authorization: `Basic ${btoa(`${PRIVATE_KEY}:`)}` };
const page = (secret: string) => ({ cookie: `vitrine=${secret}`, 'x-vitrine': '1', 'sec-fetch-site': 'same-origin' });

async function call(headers: Readonly<Record<string, string>>, method: string, path: string, json?: object) {
  const body = json && { body: Buffer.from(JSON.stringify(json)) };
  const sent = { headers: { ...headers, ...(json && { 'content-type': 'application/json' }) }, ...body };
  const { statusCode, body: text } = await handler(httpApiEvent(method, path, sent), lambdaContext());
  return { status: statusCode, json: JSON.parse(text || 'null') };
}

let number = 0;
async function role(...permissions: readonly string[]): Promise<string> {
  const { status, json } = await call(OWNER, 'POST', '/v1/roles', { name: `Role ${number++}`, permissions });
  expect([status, json.isCustom]).toEqual([201, true]);
  return json.id;
}

const invitation = (roles: readonly object[]) => ({
  mail: `p${randomBytes(6).toString('hex')}@example.com`,
  name: 'Jo',
  roles,
});

/** Somebody who is signed in with these roles. */
async function person(...roles: readonly object[]) {
  const { json } = await call(OWNER, 'POST', '/v1/people', invitation(roles));
  await call({}, 'POST', '/v1/people/invitations/accept', { token: json.invitationToken });
  return { id: json.id as string, as: page(await signedIn(json.id)) };
}

describe('a custom role', () => {
  it('allows what it lists and nothing else, from the next call on what it lists then', async () => {
    const id = await role('keys.read');
    const { as } = await person({ role: id });
    const statuses = async () =>
      Promise.all(
        ['/v1/accounts/keys', '/v1/people', '/v1/audit/events'].map(
          async (path) => (await call(as, 'GET', path)).status,
        ),
      );

    expect(await statuses()).toEqual([200, 403, 403]);
    expect((await call(OWNER, 'PATCH', `/v1/roles/${id}`, { permissions: ['people.read'] })).status).toBe(200);
    expect(await statuses()).toEqual([403, 200, 403]);
  });

  it('holds in the folders that a person has it in, and says so permission by permission', async () => {
    const id = await role('files.read', 'files.upload');
    const folderIds = ['a'.repeat(24)];
    const held = await person({ role: id, folderIds }, { role: 'viewer' });
    const { json } = await call(held.as, 'GET', '/v1/people/me/rights');
    const of = (permission: string) => json.find((one: { permission: string }) => one.permission === permission);

    expect(of('files.upload')).toEqual({ permission: 'files.upload', allowed: true, rules: [{ role: id, folderIds }] });
    expect(of('files.read').rules).toEqual([{ role: id, folderIds }, { role: 'viewer' }]);
    expect(of('files.delete')).toMatchObject({ allowed: false, rules: [] });
  });

  it('is listed after the roles of every account, and removed when nobody holds it', async () => {
    const id = await role('keys.read');
    const { id: holder } = await person({ role: id });
    const { json: listed } = await call(OWNER, 'GET', '/v1/roles');

    expect(listed.slice(0, 2)).toMatchObject([
      { id: 'owner', isCustom: false },
      { id: 'admin', isCustom: false },
    ]);
    expect(listed.map((one: { id: string }) => one.id)).toContain(id);
    expect((await call(OWNER, 'DELETE', `/v1/roles/${id}`)).json.code).toBe('role.in-use');
    await call(OWNER, 'PATCH', `/v1/people/${holder}`, { roles: [{ role: 'viewer' }] });
    expect((await call(OWNER, 'DELETE', `/v1/roles/${id}`)).status).toBe(204);
    expect((await call(OWNER, 'GET', `/v1/roles/${id}`)).json.code).toBe('role.missing');
    expect((await call(OWNER, 'POST', '/v1/people', invitation([{ role: id }]))).json.code).toBe('person.invalid');
  });

  it('has a name of its own', async () => {
    const name = 'Picture desk';
    const create = (text: string) => call(OWNER, 'POST', '/v1/roles', { name: text, permissions: ['keys.read'] });
    const outcomes = await Promise.all([create(name), create(name)]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual([201, 400]);
    expect((await create('owner')).json.code).toBe('role.invalid');
    expect((await call(OWNER, 'POST', '/v1/roles', { name: 'X', permissions: ['all'] })).status).toBe(400);
  });

  it('is no way to more rights: nobody makes, changes, gives or removes one with what they lack', async () => {
    const manager = await role('people.read', 'people.write', 'keys.read');
    const { id: me, as } = await person({ role: manager });
    const strong = await role('owners.write');

    const tries = await Promise.all([
      call(as, 'POST', '/v1/roles', { name: 'Mine', permissions: ['owners.write'] }),
      call(as, 'PATCH', `/v1/roles/${manager}`, { permissions: ['people.write', 'files.delete'] }),
      call(as, 'PATCH', `/v1/roles/${strong}`, { permissions: ['keys.read'] }),
      call(as, 'DELETE', `/v1/roles/${strong}`),
      call(as, 'PATCH', `/v1/people/${me}`, { roles: [{ role: strong }] }),
      call(as, 'POST', '/v1/people', invitation([{ role: strong }])),
      call(as, 'POST', '/v1/people', invitation([{ role: 'viewer' }])),
    ]);

    expect(tries.map(({ status, json }) => [status, json.code])).toEqual(tries.map(() => [403, 'permission.missing']));
    expect((await call(as, 'POST', '/v1/people', invitation([{ role: manager }]))).status).toBe(201);
    const admin = await person({ role: 'admin' });
    const made = await call(admin.as, 'POST', '/v1/roles', { name: 'Owners', permissions: ['owners.write'] });
    expect(made.json.code).toBe('permission.missing');
  });

  it('is told in the audit log with what was before and after', async () => {
    const id = await role('keys.read');
    await call(OWNER, 'PATCH', `/v1/roles/${id}`, { permissions: ['rules.read'] });
    await call(OWNER, 'DELETE', `/v1/roles/${id}`);
    const told = (await cloud.library.events()).filter(({ object }) => object.id === id);

    const permissions = (one: Readonly<Record<string, unknown>> | undefined) => one?.permissions;
    expect(told.map(({ action, before, after }) => [action, permissions(before), permissions(after)]).sort()).toEqual([
      ['role.created', undefined, ['keys.read']],
      ['role.deleted', ['rules.read'], undefined],
      ['role.updated', ['keys.read'], ['rules.read']],
    ]);
  });
});

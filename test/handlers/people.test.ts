import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { httpApiEvent, lambdaContext } from './events.ts';
import { signedIn } from './signed-in.ts';

let cloud: CloudFixture;
let handler: (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

beforeAll(async () => {
  cloud = await startCloudFixture();
  ({ handler } = await import('../../lambda/handlers/api.ts'));
});

beforeEach(() => void vi.spyOn(console, 'error'));
afterAll(() => cloud?.close());

const PEOPLE = '/v1/people';
const key = (text = PRIVATE_KEY) => ({ authorization: `Basic ${Buffer.from(`${text}:`).toString('base64')}` });
/** What a page of ours sends. */
const page = (secret: string) => ({
  cookie: `vitrine=${secret}`,
  'x-vitrine': '1',
  'sec-fetch-site': 'same-origin',
});

async function call(headers: Readonly<Record<string, string>>, method: string, path: string, json?: unknown) {
  const body = json === undefined ? {} : { body: Buffer.from(JSON.stringify(json)) };
  const type = json === undefined ? {} : { 'content-type': 'application/json' };
  const event = httpApiEvent(method, path, { headers: { ...headers, ...type }, ...body });
  const { statusCode, body: text } = await handler(event, lambdaContext());
  return { status: statusCode, json: JSON.parse(text || 'null') };
}

const freshMail = () => `p${randomBytes(6).toString('hex')}@example.com`;

interface Somebody {
  readonly id: string;
  readonly mail: string;
  readonly invitationToken: string;
}

async function invited(roles: readonly object[] = [{ role: 'viewer' }], by = key()): Promise<Somebody> {
  const { status, json } = await call(by, 'POST', PEOPLE, { mail: freshMail(), name: 'Jo', roles });
  expect([status, json.code]).toEqual([201, undefined]);
  return json;
}

async function active(roles?: readonly object[]): Promise<Somebody & { readonly secret: string }> {
  const person = await invited(roles);
  const token = person.invitationToken;
  expect((await call({}, 'POST', `${PEOPLE}/invitations/accept`, { token })).status).toBe(204);
  return { ...person, secret: await signedIn(person.id) };
}

describe('an invitation (AUTH-014)', () => {
  it('is mailed as plain text with one link to this host, and holds what it says', async () => {
    const person = await invited([{ role: 'editor', folderIds: ['a'.repeat(24)] }]);
    const [mail] = cloud.mailbox.list();

    expect(person).toMatchObject({ status: 'invited', isMailed: true, mail: person.mail });
    expect([mail?.to, mail?.from]).toEqual([[person.mail], 'vitrine@example.com']);
    expect(mail?.text.match(/https?:\/\/\S+/g)).toEqual([
      `http://localhost:4001/auth/invitation?token=${person.invitationToken}`,
    ]);
  });

  it('is accepted once, by whoever has the token', async () => {
    const { id, invitationToken: token } = await invited();
    const accept = () => call({}, 'POST', `${PEOPLE}/invitations/accept`, { token });
    const outcomes = await Promise.all([accept(), accept(), accept()]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual([204, 400, 400]);
    expect((await call(key(), 'GET', `${PEOPLE}/${id}`)).json.status).toBe('active');
    expect((await accept()).json.code).toBe('invitation.invalid');
  });

  it('ends when another one is sent', async () => {
    const { id, invitationToken } = await invited();
    const { json: anew } = await call(key(), 'POST', `${PEOPLE}/${id}/invitation`);
    const accept = (token: string) => call({}, 'POST', `${PEOPLE}/invitations/accept`, { token });

    expect((await accept(invitationToken)).status).toBe(400);
    expect((await accept(anew.invitationToken)).status).toBe(204);
    expect((await call(key(), 'POST', `${PEOPLE}/${id}/invitation`)).json.code).toBe('person.invalid');
  });

  it('goes to an address once, however it is written', async () => {
    const mail = freshMail();
    const invite = (text: string) =>
      call(key(), 'POST', PEOPLE, { mail: text, name: 'Jo', roles: [{ role: 'viewer' }] });
    const outcomes = await Promise.all([invite(mail), invite(mail.toUpperCase()), invite(` ${mail}`)]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });
});

describe('personal data', () => {
  it('are in no item and in no event as they are', async () => {
    const person = await invited();
    await call(key(), 'PATCH', `${PEOPLE}/${person.id}/profile`, { name: 'Josephine Secret', locale: 'de' });

    expect((await call(key(), 'GET', `${PEOPLE}/${person.id}`)).json).toMatchObject({
      name: 'Josephine Secret',
      locale: 'de',
    });
    const kept = JSON.stringify([await cloud.library.items(), await cloud.library.events()]);
    for (const secret of [person.mail, 'Josephine', person.invitationToken]) expect(kept).not.toContain(secret);
  });

  it('cannot be read any more when the person was removed, and their address is free', async () => {
    const person = await invited();
    const items = async () => (await cloud.library.items()).filter((item) => JSON.stringify(item).includes(person.id));
    expect((await items()).map(({ pk }) => pk)).toContain(`person-key#${person.id}`);

    expect((await call(key(), 'DELETE', `${PEOPLE}/${person.id}`)).status).toBe(204);

    expect(await items()).toEqual([]);
    expect((await call(key(), 'GET', `${PEOPLE}/${person.id}`)).json.code).toBe('person.missing');
    const again = { mail: person.mail, name: 'Jo', roles: [{ role: 'viewer' }] };
    expect((await call(key(), 'POST', PEOPLE, again)).status).toBe(201);
  });

  it('changes of people are told in the chained events, without them', async () => {
    const { id } = await invited();
    await call(key(), 'PATCH', `${PEOPLE}/${id}`, { roles: [{ role: 'editor' }] });
    const told = (await cloud.library.events()).filter(({ object }) => object.id === id);

    expect(told.map(({ action }) => action)).toEqual(['person.invited', 'person.updated']);
    expect(told[1]).toMatchObject({
      before: { roles: [{ role: 'viewer' }] },
      after: { roles: [{ role: 'editor' }] },
    });
  });
});

describe('a session', () => {
  it('is the person with their roles, and not without our own page', async () => {
    const { secret, mail } = await active();

    expect((await call(page(secret), 'GET', `${PEOPLE}/me`)).json).toMatchObject({ mail, status: 'active' });
    expect((await call(page(secret), 'GET', PEOPLE)).json.code).toBe('permission.missing');
    for (const headers of [
      { ...page(secret), 'x-vitrine': '0' },
      { ...page(secret), 'sec-fetch-site': 'same-site' },
      { cookie: `vitrine=${secret}` },
    ]) {
      expect((await call(headers, 'GET', `${PEOPLE}/me`)).json.code).toBe('site.foreign');
    }
    expect((await call({ ...page(secret), ...key() }, 'GET', `${PEOPLE}/me`)).json.code).toBe('credentials.two');
    expect((await call(page('x'.repeat(43)), 'GET', `${PEOPLE}/me`)).json.code).toBe('session.ended');
    expect((await call(page(`${secret}; vitrine=${secret}`), 'GET', `${PEOPLE}/me`)).status).toBe(401);
  });

  it.each([
    ['disabled', (id: string) => call(key(), 'PATCH', `${PEOPLE}/${id}`, { status: 'disabled' })],
    ['removed', (id: string) => call(key(), 'DELETE', `${PEOPLE}/${id}`)],
    ['signed out everywhere', (id: string) => call(key(), 'DELETE', `${PEOPLE}/${id}/sessions`)],
  ])('of somebody who was %s is refused by the next call', async (_, act) => {
    const { id, secret } = await active();
    expect((await call(page(secret), 'GET', `${PEOPLE}/me`)).status).toBe(200);

    expect((await act(id)).status).toBeLessThan(300);

    expect((await call(page(secret), 'GET', `${PEOPLE}/me`)).json.code).toBe('session.ended');
  });

  it('loses a right with the next call', async () => {
    const { id, secret } = await active([{ role: 'admin' }]);
    expect((await call(page(secret), 'GET', PEOPLE)).status).toBe(200);
    await call(key(), 'PATCH', `${PEOPLE}/${id}`, { roles: [{ role: 'viewer' }] });

    expect((await call(page(secret), 'GET', PEOPLE)).json.code).toBe('permission.missing');
  });

  it('is ended one by one by its person, and no one else’s', async () => {
    const { id, secret } = await active();
    const other = await signedIn(id);
    const stranger = await active();
    const { json } = await call(page(secret), 'GET', `${PEOPLE}/me/sessions`);
    expect(json).toHaveLength(2);
    const ended = `${PEOPLE}/me/sessions/${json[0].id}`;

    expect((await call(page(stranger.secret), 'DELETE', `${PEOPLE}/${id}/sessions/${json[0].id}`)).status).toBe(403);
    expect((await call(page(stranger.secret), 'DELETE', ended)).json.code).toBe('session.missing');
    expect((await call(page(secret), 'DELETE', ended)).status).toBe(204);
    expect((await call(page(other), 'GET', `${PEOPLE}/me`)).status).toBe(401);
    expect((await call(page(secret), 'GET', `${PEOPLE}/me`)).status).toBe(200);
  });
});

describe('rights of people', () => {
  it('are given and taken only by somebody who has them', async () => {
    const bound = await active([{ role: 'admin', folderIds: ['a'.repeat(24)] }]);
    const admin = await active([{ role: 'admin' }]);
    const owner = await active([{ role: 'owner' }]);

    // Bound to a folder, people are out of reach altogether.
    expect((await call(page(bound.secret), 'GET', PEOPLE)).status).toBe(403);
    const viewer = await active();
    const asAdmin = (id: string, json: object) => call(page(admin.secret), 'PATCH', `${PEOPLE}/${id}`, json);
    expect((await asAdmin(owner.id, { status: 'disabled' })).status).toBe(403);
    expect((await asAdmin(admin.id, { roles: [{ role: 'owner' }] })).status).toBe(403);
    expect((await call(page(admin.secret), 'POST', `${PEOPLE}/${admin.id}/ownership`)).status).toBe(403);
    expect((await asAdmin(viewer.id, { roles: [{ role: 'editor' }] })).status).toBe(200);
  });

  it('are told permission by permission, with the role that gives them', async () => {
    const { id } = await active([{ role: 'viewer', folderIds: ['b'.repeat(24)] }]);
    const { json } = await call(key(), 'GET', `${PEOPLE}/${id}/rights`);
    const of = (permission: string) => json.find((one: { permission: string }) => one.permission === permission);

    expect(of('files.read')).toEqual({
      permission: 'files.read',
      allowed: true,
      rules: [{ role: 'viewer', folderIds: ['b'.repeat(24)] }],
    });
    expect(of('files.delete')).toEqual({ permission: 'files.delete', allowed: false, rules: [] });
  });

  it('leave one owner at least, when two take them from each other at once', async () => {
    const everybody = (await call(key(), 'GET', PEOPLE)).json as { id: string; roles: { role: string }[] }[];
    const [one, other] = [await active([{ role: 'owner' }]), await active([{ role: 'owner' }])];
    for (const { id, roles } of everybody) {
      if (roles.some(({ role }) => role === 'owner')) await call(key(), 'DELETE', `${PEOPLE}/${id}`);
    }
    const demote = (by: typeof one, whom: typeof one) =>
      call(page(by.secret), 'PATCH', `${PEOPLE}/${whom.id}`, { roles: [{ role: 'viewer' }] });
    const outcomes = await Promise.all([demote(one, other), demote(other, one)]);

    expect(outcomes.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    const left = (await call(key(), 'GET', PEOPLE)).json as typeof everybody;
    const owners = left.filter(({ roles }) => roles.some(({ role }) => role === 'owner'));
    expect(owners).toHaveLength(1);
    expect((await call(key(), 'DELETE', `${PEOPLE}/${owners[0]?.id}`)).json.code).toBe('person.last-owner');
    await call(key(), 'POST', `${PEOPLE}/${one.id === owners[0]?.id ? other.id : one.id}/ownership`);
    expect((await call(key(), 'DELETE', `${PEOPLE}/${owners[0]?.id}`)).status).toBe(204);
  });
});

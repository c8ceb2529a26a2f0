import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Directory } from '../../lambda/contract/people.ts';
import { Browser } from './browser.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { mailsTo } from './person-at-browser.ts';

/* People whose directory vouches for them: a browser, the API's function, the issuer of this machine, and a directory behind it
   (USR-05, AUTH-018). */
const FOLDER = 'a'.repeat(24);
const DIRECTORIES: readonly Directory[] = [
  {
    name: 'staff',
    domains: ['staff.example', 'xn--bcher-kva.example'],
    secondFactor: 'proven',
    groups: {
      owners: { role: 'owner' },
      desk: { role: 'editor', folderIds: [FOLDER] },
      'desk, night': { role: 'auditor' },
    },
  },
  {
    name: 'saml-agency',
    domains: ['agency.example'],
    secondFactor: 'trusted',
    groups: { owners: { role: 'owner' }, 'id-7': { role: 'viewer' } },
  },
];

let cloud: CloudFixture;
let handler: (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

beforeAll(async () => {
  cloud = await startCloudFixture({ hasIssuer: true, directories: DIRECTORIES });
  ({ handler } = await import('../../lambda/handlers/api.ts'));
});

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterAll(() => cloud?.close());

const owner = (method: string, path: string, json?: object) =>
  new Browser(handler).api(method, path, json, PRIVATE_KEY);
const freshMail = (domain = 'staff.example') => `p${randomBytes(6).toString('hex')}@${domain}`;

/** Somebody who was invited and accepted. */
async function accepted(mail = freshMail(), roles: readonly object[] = [{ role: 'viewer' }]) {
  const { json } = await owner('POST', '/v1/people', { mail, name: 'Jo', roles });
  const page = await new Browser(handler).post('/auth/invitation', { token: json.invitationToken });
  return { id: json.id as string, mail, page };
}

interface Said {
  readonly mail: string;
  readonly groups?: readonly string[];
  readonly isVerified?: boolean;
  readonly id?: string;
  readonly directory?: string;
  readonly hasSecondFactor?: boolean;
}

/** Signs in by a directory, which says this of somebody. */
async function signIn({
  mail,
  groups = [],
  isVerified = true,
  id = '',
  directory = 'staff',
  hasSecondFactor = true,
}: Said) {
  const browser = new Browser(handler);
  const begun = await browser.get('/auth/login?to=/docs');
  const asked = await browser.post(begun.url, { directory });
  const form = { mail, groups: groups.join('\n'), id, ...(isVerified && { 'is-verified': 'on' }) };
  Object.assign(form, hasSecondFactor && { 'has-second-factor': 'on' });
  const done = await browser.post(asked.url, form);
  const code = done.text.startsWith('{') ? JSON.parse(done.text).code : new URL(done.url).pathname;
  return { browser, code };
}

const rolesOf = async (id: string) => (await owner('GET', `/v1/people/${id}`)).json.roles;
const eventsOf = async (id: string) => (await cloud.library.events()).filter(({ object }) => object.id === id);

describe('somebody whose directory vouches for them', () => {
  it('gets no password when they accept, and signs in with what the directory says', async () => {
    const { id, mail, page } = await accepted();
    expect(page.text).toContain('account of your organisation');
    expect(mailsTo(cloud, mail)).toHaveLength(1);

    const { browser, code } = await signIn({ mail });

    expect(code).toBe('/docs');
    expect((await browser.api('GET', '/v1/people/me')).json).toMatchObject({ id, directory: 'staff' });
    expect((await browser.api('GET', '/v1/people/me/sessions')).json).toMatchObject([{ directory: 'staff' }]);
  });

  it.each([
    ['an address that the directory has not verified', { isVerified: false }],
    ['another directory than the one of their domain', { directory: 'saml-agency' }],
  ])('is nobody by %s, an owner least of all', async (_, said) => {
    const { id, mail } = await accepted(freshMail(), [{ role: 'owner' }]);

    expect((await signIn({ mail, groups: ['owners'], ...said })).code).toBe('sign-in.refused');
    expect((await owner('GET', `/v1/people/${id}`)).json.directory).toBeUndefined();
  });

  it('is nobody without an invitation, before they accept, and when they are disabled', async () => {
    expect((await signIn({ mail: freshMail(), groups: ['owners'] })).code).toBe('sign-in.refused');
    const invited = freshMail();
    await owner('POST', '/v1/people', { mail: invited, name: 'Jo', roles: [{ role: 'viewer' }] });
    expect((await signIn({ mail: invited })).code).toBe('sign-in.refused');
    const { id, mail } = await accepted();
    const { browser } = await signIn({ mail });
    await owner('PATCH', `/v1/people/${id}`, { status: 'disabled' });

    expect((await browser.api('GET', '/v1/people/me')).status).toBe(401);
    expect((await signIn({ mail })).code).toBe('sign-in.refused');
  });

  it('stays who they are when the directory gives them another address, and nobody else gets their place by the old one', async () => {
    const { id, mail } = await accepted();
    expect((await signIn({ mail, id: `one-${mail}` })).code).toBe('/docs');

    const { browser } = await signIn({ mail: freshMail(), id: `one-${mail}` });
    expect((await browser.api('GET', '/v1/people/me')).json.id).toBe(id);
    expect((await signIn({ mail, id: `other-${mail}` })).code).toBe('sign-in.refused');
  });

  it('is found by their domain however it is written', async () => {
    const local = `p${randomBytes(6).toString('hex')}`;
    await accepted(`${local}@bücher.example`);

    expect((await signIn({ mail: `${local.toUpperCase()}@Bücher.Example` })).code).toBe('/docs');
    const other = await accepted();
    expect((await signIn({ mail: `${other.mail}.` })).code).toBe('sign-in.refused');
  });

  it('leaves nothing at the user pool when they are removed', async () => {
    const { id, mail } = await accepted();
    await signIn({ mail });
    expect((await owner('DELETE', `/v1/people/${id}`)).status).toBe(204);

    const again = await accepted(mail);
    const { browser } = await signIn({ mail });
    expect((await browser.api('GET', '/v1/people/me')).json.id).toBe(again.id);
  });
});

describe('groups of a directory', () => {
  it('give roles at each sign-in and take them away again, told in the log without a name of anybody', async () => {
    const { id, mail } = await accepted();
    const desk = { role: 'editor', folderIds: [FOLDER], directory: 'staff' };
    await signIn({ mail, groups: ['desk', 'nobody knows it'] });
    expect(await rolesOf(id)).toEqual([{ role: 'viewer' }, desk]);

    await owner('PATCH', `/v1/people/${id}`, { roles: [{ role: 'contributor' }] });
    expect(await rolesOf(id)).toEqual([{ role: 'contributor' }, desk]);
    await signIn({ mail, groups: [] });

    expect(await rolesOf(id)).toEqual([{ role: 'contributor' }]);
    const applied = (await eventsOf(id)).filter(({ action }) => action === 'person.groups-applied');
    expect(applied.map(({ before, after }) => [before, after])).toEqual([
      [{ roles: [{ role: 'viewer' }] }, { roles: [{ role: 'viewer' }, desk] }],
      [{ roles: [{ role: 'contributor' }, desk] }, { roles: [{ role: 'contributor' }] }],
    ]);
    expect(JSON.stringify(await eventsOf(id))).not.toContain(mail);
  });

  it('write nothing when they say what they said before', async () => {
    const { id, mail } = await accepted();
    await signIn({ mail, groups: ['desk'] });
    const before = (await eventsOf(id)).length;
    await signIn({ mail, groups: ['desk'] });

    expect((await eventsOf(id)).length).toBe(before);
  });

  it('count with the next call of a session that began before', async () => {
    const { mail } = await accepted();
    const { browser } = await signIn({ mail, groups: ['owners'] });
    expect((await browser.api('GET', '/v1/people')).status).toBe(200);
    await signIn({ mail, groups: [] });

    expect((await browser.api('GET', '/v1/people')).status).toBe(403);
  });

  it('whose names have commas or brackets give no other group’s role', async () => {
    const { id, mail } = await accepted();
    await signIn({ mail, groups: ['x, owners', '["owners"]', 'owners ', 'OWNERS', '[owners]'] });
    expect(await rolesOf(id)).toEqual([{ role: 'viewer' }]);
    await signIn({ mail, groups: ['desk, night'] });

    expect(await rolesOf(id)).toEqual([{ role: 'viewer' }, { role: 'auditor', directory: 'staff' }]);
  });

  it('come from SAML as one text, and give what each of them says', async () => {
    const { id, mail } = await accepted(freshMail('agency.example'));
    await signIn({ mail, directory: 'saml-agency', groups: ['else', 'id-7'] });

    expect(await rolesOf(id)).toEqual([{ role: 'viewer' }, { role: 'viewer', directory: 'saml-agency' }]);
  });

  it('leave the last owner one', async () => {
    const { id, mail } = await accepted();
    await signIn({ mail, groups: ['owners', 'desk'] });
    const everybody = (await owner('GET', '/v1/people')).json as { id: string; roles: { role: string }[] }[];
    for (const one of everybody) {
      if (one.id !== id && one.roles.some(({ role }) => role === 'owner'))
        await owner('DELETE', `/v1/people/${one.id}`);
    }
    await signIn({ mail, groups: [] });

    expect(await rolesOf(id)).toEqual([{ role: 'viewer' }, { role: 'owner', directory: 'staff' }]);
  });
});

describe('the way to a directory and back', () => {
  async function stopped(mail: string) {
    const browser = new Browser(handler);
    const begun = await browser.get('/auth/login?to=/docs');
    const asked = await browser.post(begun.url, { directory: 'staff' });
    return { browser, asked, form: { mail, groups: '', id: '', 'is-verified': 'on' } };
  }

  it('is one browser’s: what another one brings back signs nobody in', async () => {
    const { mail } = await accepted();
    const mine = await stopped(mail);
    mine.browser.stopAt('/oauth2/idpresponse');
    const { url } = await mine.browser.post(mine.asked.url, mine.form);
    const other = new Browser(handler);
    await other.get('/auth/login?to=/docs');

    expect((await other.get(url)).text).toContain('Begin again');
    expect(other.cookie('vitrine')).toBeUndefined();
  });

  it('is taken once', async () => {
    const { mail } = await accepted();
    const { browser, asked, form } = await stopped(mail);
    browser.stopAt('/oauth2/idpresponse');
    const { url } = await browser.post(asked.url, form);
    expect((await browser.resume(url)).status).toBe(200);

    expect((await browser.get(url)).status).toBe(400);
    expect((await browser.get(`${url}&state=${'x'.repeat(43)}`)).status).toBe(400);
  });
});

describe('a second factor', () => {
  it('that the directory does not tell of shuts everything but signing out and in again', async () => {
    const { mail } = await accepted();
    const { browser, code } = await signIn({ mail, hasSecondFactor: false });
    expect(code).toBe('/docs');

    expect((await browser.api('GET', '/v1/people/me')).json.code).toBe('enrolment.missing');
    expect((await browser.api('GET', '/v1/files')).json.code).toBe('enrolment.missing');
    expect((await browser.api('POST', '/auth/logout')).status).toBe(200);
    const { browser: again } = await signIn({ mail });
    expect((await again.api('GET', '/v1/people/me')).status).toBe(200);
  });

  it('is not asked of a directory that the owner trusts to ask for it', async () => {
    const { mail } = await accepted(freshMail('agency.example'));
    const { browser } = await signIn({ mail, directory: 'saml-agency', hasSecondFactor: false });

    expect((await browser.api('GET', '/v1/people/me')).status).toBe(200);
  });

  it('can be given in the same browser, which the issuer asks anew', async () => {
    const { mail } = await accepted();
    const { browser } = await signIn({ mail, hasSecondFactor: false });
    const begun = await browser.get('/auth/login?to=/docs&again=1');
    const asked = await browser.post(begun.url, { directory: 'staff' });
    await browser.post(asked.url, { mail, groups: '', id: '', 'is-verified': 'on', 'has-second-factor': 'on' });

    expect((await browser.api('GET', '/v1/people/me')).status).toBe(200);
  });
});

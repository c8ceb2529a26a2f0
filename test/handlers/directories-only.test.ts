import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ApiHandler } from './browser.ts';
import { Browser } from './browser.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { mailsTo } from './person-at-browser.ts';
import { signedIn } from './signed-in.ts';

/* A deployment that people enter by their directory alone. */
let cloud: CloudFixture;
let handler: ApiHandler;

beforeAll(async () => {
  const staff = { name: 'staff', domains: ['staff.example'], secondFactor: 'proven', groups: {} } as const;
  cloud = await startCloudFixture({ hasIssuer: true, directories: [staff], directoriesOnly: true });
  ({ handler } = await import('../../lambda/handlers/api.ts'));
});

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterAll(() => cloud?.close());

const owner = (method: string, path: string, json?: object) =>
  new Browser(handler).api(method, path, json, PRIVATE_KEY);
const invite = (domain: string) =>
  owner('POST', '/v1/people', {
    mail: `p${randomBytes(6).toString('hex')}@${domain}`,
    name: 'Jo',
    roles: [{ role: 'viewer' }],
  });

it('asks nobody for a password, and takes none', async () => {
  const browser = new Browser(handler);
  const step = await browser.get('/auth/login');
  expect(step.text).toContain('Sign in with staff');
  expect(step.text).not.toContain('type="password"');

  const { status, text } = await browser.post(step.url, { mail: 'owner@staff.example', password: 'whatever it is' });
  expect([status, text.includes('There are no passwords here.')]).toEqual([403, true]);
});

it('invites nobody whom no directory knows, and makes no account with a password', async () => {
  expect((await invite('elsewhere.example')).json.code).toBe('person.invalid');
  const { json } = await invite('staff.example');
  await new Browser(handler).post('/auth/invitation', { token: json.invitationToken });

  expect(mailsTo(cloud, json.mail)).toHaveLength(1);
});

it('ends what a password began before: a session is refused by its next call', async () => {
  const { json } = await invite('staff.example');
  await owner('POST', '/v1/people/invitations/accept', { token: json.invitationToken });
  const browser = new Browser(handler);
  browser.setCookie('vitrine', await signedIn(json.id));

  expect((await browser.api('GET', '/v1/people/me')).json.code).toBe('session.ended');
  expect((await browser.api('GET', '/v1/files')).json.code).toBe('session.ended');
});

it('leaves the way in that needs no sign-in', async () => {
  const { json } = await owner('POST', '/v1/accounts/keys', { name: 'break glass', role: 'admin' });

  expect((await new Browser(handler).api('GET', '/v1/people', undefined, json.key)).status).toBe(200);
});

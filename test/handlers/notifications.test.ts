import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiHandler } from './browser.ts';
import { Browser } from './browser.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { codeFor, mailsTo, PASSWORD, signedInPerson } from './person-at-browser.ts';

let cloud: CloudFixture;
let handler: ApiHandler;

beforeAll(async () => {
  cloud = await startCloudFixture({ hasIssuer: true });
  ({ handler } = await import('../../lambda/handlers/api.ts'));
});

beforeEach(() => {
  for (const method of ['warn', 'error'] as const) vi.spyOn(console, method).mockImplementation(() => undefined);
});
afterAll(() => cloud?.close());

const ALL = { newSignIn: true, invitationAccepted: true, keyEnding: true, auditReport: true };
const profileOf = (browser: Browser) => browser.api('GET', '/v1/people/me');
const choose = (browser: Browser, notifications: object) =>
  browser.api('PATCH', '/v1/people/me/profile', { notifications });
const subjectsTo = (mail: string) =>
  cloud.mailbox.list().flatMap(({ to, subject }) => (to.includes(mail) ? [subject] : []));

async function signInAgain(mail: string, userAgent?: string) {
  const browser = new Browser(handler, userAgent);
  const step = await browser.get('/auth/login');
  await browser.post(step.url, { mail, password: PASSWORD });
  return browser.post(step.url, { code: codeFor(cloud, mail) });
}

describe('what people are mailed about', () => {
  it('is everything at first, and what they chose afterwards; kinds that they do not name stay', async () => {
    const { browser } = await signedInPerson(cloud, handler);
    expect((await profileOf(browser)).json.notifications).toEqual(ALL);

    await choose(browser, { auditReport: false });
    await choose(browser, { keyEnding: false, newSignIn: true });
    expect((await profileOf(browser)).json.notifications).toEqual({ ...ALL, auditReport: false, keyEnding: false });

    await choose(browser, { auditReport: true, keyEnding: true });
    expect((await profileOf(browser)).json.notifications).toEqual(ALL);
  });

  it('is one of the kinds that there are', async () => {
    const { browser } = await signedInPerson(cloud, handler);
    const { status, json } = await choose(browser, { marketing: true });

    expect([status, json.message]).toEqual([400, expect.stringContaining('newSignIn, invitationAccepted')]);
  });

  it('is sealed with the rest of their profile', async () => {
    const { browser, person } = await signedInPerson(cloud, handler);
    await choose(browser, { auditReport: false });
    const kept = JSON.stringify(await cloud.library.items());
    const told = (await cloud.library.events()).filter(({ object }) => object.id === person.id);

    expect(kept).not.toContain('auditReport');
    expect(told.find(({ action }) => action === 'person.profile-updated')).toMatchObject({
      before: { notifications: '(personal data)' },
      after: { notifications: '(personal data)' },
    });
  });
});

describe('a sign-in', () => {
  it('that nothing like was seen before is mailed, once, and not the first of all', async () => {
    const { person } = await signedInPerson(cloud, handler);
    await signInAgain(person.mail);
    expect(subjectsTo(person.mail)).not.toContain('A new sign-in to your account');

    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    await signInAgain(person.mail, firefox);
    await signInAgain(person.mail, firefox);

    const told = subjectsTo(person.mail).filter((subject) => subject === 'A new sign-in to your account');
    expect(told).toHaveLength(1);
    const text = mailsTo(cloud, person.mail).find((one) => one.includes('Browser firefox'));
    expect(text).toContain('Browser firefox, system linux, network 192.0.2.0/24.');
    expect(text?.match(/https?:\/\/\S+/g)).toEqual(['http://localhost:4001/dashboard/']);
  });

  it('is not mailed to who does not want it', async () => {
    const { browser, person } = await signedInPerson(cloud, handler);
    await choose(browser, { newSignIn: false });
    await signInAgain(person.mail, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0');

    expect(subjectsTo(person.mail)).not.toContain('A new sign-in to your account');
  });
});

describe('an invitation that is accepted', () => {
  async function invitedBy(secret: string) {
    const { json } = await new Browser(handler).api('POST', '/v1/people', newcomer(), secret);
    return json as { readonly id: string; readonly mail: string; readonly invitationToken: string };
  }
  const newcomer = () => ({ mail: `n${Math.random()}@example.com`, name: 'New', roles: [{ role: 'viewer' }] });
  const SUBJECT = 'An invitation of yours was accepted';
  const accept = (token: string) => new Browser(handler).api('POST', '/v1/people/invitations/accept', { token });

  it('is mailed to the person who invited, without who it was but an id', async () => {
    const { browser, person } = await signedInPerson(cloud, handler, 'admin');
    const { json } = await browser.api('POST', '/v1/people', newcomer());
    await accept(json.invitationToken);

    expect(subjectsTo(person.mail).filter((subject) => subject === SUBJECT)).toHaveLength(1);
    const [text = ''] = mailsTo(cloud, person.mail);
    expect(text).toContain(json.id);
    expect(text).not.toContain(json.mail);
  });

  it('is not mailed to who turned it off, and to nobody when a key invited', async () => {
    const { browser, person } = await signedInPerson(cloud, handler, 'admin');
    await choose(browser, { invitationAccepted: false });
    const { json } = await browser.api('POST', '/v1/people', newcomer());
    await accept(json.invitationToken);
    const byKey = await invitedBy(PRIVATE_KEY);
    expect((await accept(byKey.invitationToken)).status).toBe(204);

    expect(subjectsTo(person.mail)).not.toContain(SUBJECT);
  });

  it('is not mailed to somebody who was disabled meanwhile', async () => {
    const { browser, person } = await signedInPerson(cloud, handler, 'admin');
    const { json } = await browser.api('POST', '/v1/people', newcomer());
    await new Browser(handler).api('PATCH', `/v1/people/${person.id}`, { status: 'disabled' }, PRIVATE_KEY);
    await accept(json.invitationToken);

    expect(subjectsTo(person.mail)).not.toContain(SUBJECT);
  });
});

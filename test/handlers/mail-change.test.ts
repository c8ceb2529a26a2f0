import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { OWNER } from '../../lambda/core/accounts/owner.ts';
import { confirmMailChange } from '../../lambda/core/accounts/people/mail-change.ts';
import type { ApiHandler } from './browser.ts';
import { Browser } from './browser.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { accepted, codeFor, invite, mailsTo, PASSWORD, signedInPerson } from './person-at-browser.ts';
import { composedPeople, mailedCodes } from './signed-in.ts';

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

const freshMail = () => `n${randomBytes(6).toString('hex')}@example.com`;
const OWN = '/v1/people/me/mail';
const begin = (browser: Browser, mail: string) => browser.api('POST', OWN, { mail });
const confirm = (browser: Browser, currentCode: string, newCode: string) =>
  browser.api('POST', `${OWN}/confirmation`, { currentCode, newCode });
const mailOf = async (browser: Browser) => (await browser.api('GET', '/v1/people/me')).json.mail;
const other = (code: string) => code.replace(/^./, (digit) => String((Number(digit) + 1) % 10));

/** Somebody who has asked for another address and looks into both mailboxes. */
async function begun() {
  const { browser, person } = await signedInPerson(cloud, handler);
  const mail = freshMail();
  const { status } = await begin(browser, mail);
  expect(status).toBe(202);
  return { browser, person, mail, current: codeFor(cloud, person.mail), next: codeFor(cloud, mail) };
}

async function signIn(mail: string) {
  const browser = new Browser(handler);
  const step = await browser.get('/auth/login?to=/docs');
  await browser.post(step.url, { mail, password: PASSWORD });
  const done = await browser.post(step.url, { code: codeFor(cloud, mail) });
  return { browser, path: new URL(done.url).pathname };
}

describe('a change of address', () => {
  it('takes both codes, and is one where the person signs in, too', async () => {
    const { browser, person, mail, current, next } = await begun();
    expect(await mailOf(browser)).toBe(person.mail);
    const { status, json } = await confirm(browser, current, next);

    expect([status, json.mail]).toEqual([200, mail]);
    expect((await signIn(mail)).path).toBe('/docs');
    expect((await signIn(person.mail)).path).not.toBe('/docs');
    expect(mailsTo(cloud, person.mail)[0]).toContain('has another mail address now');
    const told = (await cloud.library.events()).filter(({ object }) => object.id === person.id);
    expect(told.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['person.mail-change-begun', 'person.mail-changed']),
    );
    const kept = JSON.stringify([await cloud.library.items(), await cloud.library.events()]);
    for (const secret of [mail, person.mail, current, next]) expect(kept).not.toContain(secret);
  });

  it.each([
    ['without the code of the address that they have', (current: string, next: string) => [other(current), next]],
    ['without the code of the new address', (current: string, next: string) => [current, other(next)]],
    ['with the codes the other way round', (current: string, next: string) => [next, current]],
  ])('is not made %s', async (_, codes) => {
    const { browser, person, current, next } = await begun();
    const [one = '', two = ''] = codes(current, next);

    expect((await confirm(browser, one, two)).json.code).toBe('mail-change.invalid');
    expect(await mailOf(browser)).toBe(person.mail);
  });

  it('is made once', async () => {
    const { browser, current, next } = await begun();
    const outcomes = await Promise.all([1, 2, 3].map(() => confirm(browser, current, next)));

    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await confirm(browser, current, next)).json.code).toBe('mail-change.invalid');
  });

  it('is over after five tries, however many come at once', async () => {
    const { browser, current, next } = await begun();
    const tries = await Promise.all(Array.from({ length: 8 }, () => confirm(browser, other(current), next)));

    expect(new Set(tries.map(({ json }) => json.code))).toEqual(new Set(['mail-change.invalid']));
    expect((await confirm(browser, current, next)).json.code).toBe('mail-change.invalid');
  });

  it('holds for a quarter of an hour', async () => {
    const { id } = (await accepted(cloud, handler, new Browser(handler))).person;
    const codes = await mailedCodes(id);
    const later = { ...(await composedPeople()), clock: () => Date.now() + 900_001 };

    await expect(confirmMailChange(later, OWNER, id, codes)).rejects.toMatchObject({ code: 'mail-change.invalid' });
  });

  it('ends the one before, and is begun five times a day', async () => {
    const { browser, current, next } = await begun();
    const mails = Array.from({ length: 5 }, freshMail);
    const statuses: number[] = [];
    for (const mail of mails) statuses.push((await begin(browser, mail)).status);

    expect(statuses).toEqual([202, 202, 202, 202, 429]);
    expect((await confirm(browser, current, next)).json.code).toBe('mail-change.invalid');
  });

  it('answers the same for an address that somebody else has, who is told, and is never made', async () => {
    const somebody = await invite(handler);
    const { browser, person } = await signedInPerson(cloud, handler);
    const taken = await begin(browser, somebody.mail);
    const current = codeFor(cloud, person.mail);

    expect([taken.status, Object.keys(taken.json)]).toEqual([202, ['endsAt']]);
    expect(mailsTo(cloud, somebody.mail)[0]).toContain('nothing changed');
    expect(codeFor(cloud, somebody.mail)).toBe('');
    expect((await confirm(browser, current, '00000000')).json.code).toBe('mail-change.invalid');
  });

  it('is not made for an address that somebody got meanwhile', async () => {
    const { browser, person, mail, current, next } = await begun();
    const body = { mail, name: 'Other', roles: [{ role: 'viewer' }] };
    await new Browser(handler).api('POST', '/v1/people', body, PRIVATE_KEY);

    expect((await confirm(browser, current, next)).json.code).toBe('mail-change.invalid');
    expect([await mailOf(browser), (await signIn(person.mail)).path]).toEqual([person.mail, '/docs']);
  });

  it('that was cut off after the user pool had it is finished by the next sign-in', async () => {
    const { person } = await signedInPerson(cloud, handler);
    const mail = freshMail();
    const codes = await mailedCodes(person.id, mail);
    const deps = await composedPeople();
    const people = { ...deps.people, commit: () => Promise.reject(new Error('cut off')) };
    await expect(confirmMailChange({ ...deps, people }, OWNER, person.id, codes)).rejects.toThrow('cut off');
    expect(mailsTo(cloud, mail)).toEqual([]);

    const { browser, path } = await signIn(mail);
    expect([path, await mailOf(browser)]).toEqual(['/docs', mail]);
  });

  it('is nobody else’s who may not change people', async () => {
    const { browser } = await signedInPerson(cloud, handler);
    const somebody = await invite(handler);

    for (const path of ['mail', 'mail/confirmation']) {
      const { status } = await browser.api('POST', `/v1/people/${somebody.id}/${path}`, { mail: freshMail() });
      expect([path, status]).toEqual([path, 403]);
    }
  });
});

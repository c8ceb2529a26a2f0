import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ApiHandler } from './browser.ts';
import { Browser } from './browser.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { startCloudFixture } from './cloud-fixture.ts';
import { codeFor, mailsTo, PASSWORD, signedInPerson } from './person-at-browser.ts';

/* AUTH-013 at the stand-in of the user pool: the pool of AWS has passwords to itself and bounds of its own. */
const NAMES = 200;
const AT_ONCE = 8;

let cloud: CloudFixture;
let handler: ApiHandler;

beforeAll(async () => {
  cloud = await startCloudFixture({ hasIssuer: true });
  ({ handler } = await import('../../lambda/handlers/api.ts'));
});
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterAll(() => cloud?.close());

async function guess(mail: string) {
  const browser = new Browser(handler);
  const step = await browser.get('/auth/login?to=/docs');
  const { status, url } = await browser.post(step.url, { mail, password: 'Password123456' });
  return { status, isIn: new URL(url).pathname === '/docs', session: browser.cookie('vitrine') };
}

it('one password for many names lets nobody in, mails no code, and locks nobody out who has an account', async () => {
  const people = [await signedInPerson(cloud, handler), await signedInPerson(cloud, handler)];
  const known = people.map(({ person }) => person.mail);
  const strangers = Array.from({ length: NAMES }, () => `s${randomBytes(6).toString('hex')}@example.com`);
  const names = strangers.flatMap((name, at) =>
    at === 50 || at === 150 ? [name, known[Number(at > 100)] ?? ''] : [name],
  );
  const mailsBefore = known.map((mail) => mailsTo(cloud, mail).length);

  const results: Awaited<ReturnType<typeof guess>>[] = [];
  for (let at = 0; at < names.length; at += AT_ONCE) {
    results.push(...(await Promise.all(names.slice(at, at + AT_ONCE).map(guess))));
  }

  expect(results).toHaveLength(NAMES + 2);
  expect(new Set(results.map(({ status }) => status))).toEqual(new Set([401]));
  expect(results.filter(({ isIn, session }) => isIn || session)).toEqual([]);
  expect(known.map((mail) => mailsTo(cloud, mail).length)).toEqual(mailsBefore);
  for (const { browser, person } of people) {
    expect((await browser.api('GET', '/v1/people/me')).status).toBe(200);
    const other = new Browser(handler);
    const step = await other.get('/auth/login?to=/docs');
    await other.post(step.url, { mail: person.mail, password: PASSWORD });
    expect(new URL((await other.post(step.url, { code: codeFor(cloud, person.mail) })).url).pathname).toBe('/docs');
  }
}, 120_000);

it('many passwords for one name are not looked at after ten, while the person’s own session goes on', async () => {
  const { browser, person } = await signedInPerson(cloud, handler);
  for (let tries = 0; tries < 12; tries++) expect((await guess(person.mail)).status).toBe(401);
  const other = new Browser(handler);
  const step = await other.get('/auth/login?to=/docs');
  const right = await other.post(step.url, { mail: person.mail, password: PASSWORD });

  expect(right.status).toBe(401);
  expect((await browser.api('GET', '/v1/people/me')).status).toBe(200);
}, 60_000);

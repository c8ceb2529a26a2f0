import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiHandler } from './browser.ts';
import { Browser } from './browser.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { accepted, codeFor, invite, PASSWORD, signedInPerson } from './person-at-browser.ts';
import { signedIn } from './signed-in.ts';

const DAY_SECONDS = 86_400;

let cloud: CloudFixture;
let handler: ApiHandler;

beforeAll(async () => {
  cloud = await startCloudFixture({ hasIssuer: true });
  ({ handler } = await import('../../lambda/handlers/api.ts'));
});

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterAll(() => cloud?.close());

const historyOf = async (browser: Browser, id: string, key?: string) =>
  (await browser.api('GET', `/v1/people/${id}/sign-ins`, undefined, key)).json as readonly {
    readonly at: string;
    readonly result: string;
  }[];
const resultsOf = async (id: string) =>
  (await historyOf(new Browser(handler), id, PRIVATE_KEY)).map(({ result }) => result);

async function signInAgain(browser: Browser, mail: string) {
  const step = await browser.get('/auth/login');
  await browser.post(step.url, { mail, password: PASSWORD });
  return browser.post(step.url, { code: codeFor(cloud, mail) });
}

describe('the history of sign-ins', () => {
  it('has when somebody came and went, from which network and with what', async () => {
    const { browser, person } = await signedInPerson(cloud, handler);
    await browser.api('POST', '/auth/logout');
    await signInAgain(browser, person.mail);
    const history = await historyOf(browser, 'me');

    expect(history.map(({ result }) => result)).toEqual(['signed-in', 'signed-out', 'signed-in']);
    expect(history[0]).toEqual({
      ...{ at: expect.any(String), result: 'signed-in' },
      ...{ network: '192.0.2.0/24', browser: 'other', system: 'other' },
    });
    expect(Math.abs(Date.parse(history[0]?.at ?? '') - Date.now())).toBeLessThan(60_000);
  });

  it('has that they were refused', async () => {
    const { person } = await signedInPerson(cloud, handler);
    const admin = new Browser(handler);
    await admin.api('PATCH', `/v1/people/${person.id}`, { status: 'disabled' }, PRIVATE_KEY);

    expect((await signInAgain(new Browser(handler), person.mail)).status).toBe(403);
    expect(await resultsOf(person.id)).toEqual(['refused', 'signed-in']);
  });

  it('has that a second factor was missing', async () => {
    const { id } = await invite(handler);
    await signedIn(id, { hasSecondFactor: false });

    expect(await resultsOf(id)).toEqual(['one-factor']);
  });

  it('says nothing of them when another one ends their session', async () => {
    const { browser, person } = await signedInPerson(cloud, handler);
    const [session] = (await browser.api('GET', '/v1/people/me/sessions')).json;
    await new Browser(handler).api('DELETE', `/v1/people/${person.id}/sessions/${session.id}`, undefined, PRIVATE_KEY);

    expect(await resultsOf(person.id)).toEqual(['signed-in']);
  });

  it('is their own, and that of others for who may see people, which the log tells', async () => {
    const { browser, person } = await signedInPerson(cloud, handler);
    const other = await signedInPerson(cloud, handler);
    const refused = await browser.api('GET', `/v1/people/${other.person.id}/sign-ins`);
    await historyOf(browser, 'me');
    const before = (await cloud.library.events()).filter(({ action }) => action === 'sign-ins.listed').length;
    await historyOf(new Browser(handler), person.id, PRIVATE_KEY);
    const told = (await cloud.library.events()).filter(({ action }) => action === 'sign-ins.listed');

    expect([refused.status, refused.json.code]).toEqual([403, 'permission.missing']);
    expect(told.length).toBe(before + 1);
    expect(told.filter(({ caller }) => caller.id === person.id)).toEqual([]);
  });

  it('goes back 90 days', async () => {
    const { id } = await invite(handler);
    await signedIn(id, { secondsAgo: 91 * DAY_SECONDS });
    await signedIn(id, { secondsAgo: 89 * DAY_SECONDS });
    const items = (await cloud.library.items()).filter(({ pk }) => pk === `person-sign-ins#${id}`);

    expect(await resultsOf(id)).toEqual(['signed-in']);
    expect(
      items.map(
        ({ sk, expiresAt }) => Number(expiresAt) - Math.floor(Date.parse(String(sk).split('#')[0] ?? '') / 1000),
      ),
    ).toEqual([90 * DAY_SECONDS, 90 * DAY_SECONDS]);
  });

  it('is sealed under the key that goes with the person', async () => {
    const browser = new Browser(handler);
    const { person } = await accepted(cloud, handler, browser);
    await signedIn(person.id);
    const kept = async () =>
      JSON.stringify((await cloud.library.items()).filter(({ pk }) => String(pk).startsWith('person-sign-ins#')));

    expect(await kept()).not.toContain('192.0.2');
    await new Browser(handler).api('DELETE', `/v1/people/${person.id}`, undefined, PRIVATE_KEY);
    const left = (await cloud.library.items()).filter(({ pk }) => pk === `person-key#${person.id}`);
    expect(left).toEqual([]);
  });
});

describe('the network of a sign-in', () => {
  it.each([
    ['198.51.100.9, 192.0.2.1', '198.51.100.0/24'],
    ['192.0.2.1', '192.0.2.0/24'],
    ['no address', '192.0.2.0/24'],
    ['203.0.113.5, 2001:db8:1:2::3', '2001:db8:1::/48'],
  ])('is the one that the last hop before the connection saw: %s', async (forwarded, network) => {
    const { senderOf } = await import('../../lambda/api/request-sender.ts');
    const request = new Request('https://api.invalid/', { headers: { 'x-forwarded-for': forwarded } });

    expect(senderOf(request, '192.0.2.1').network).toBe(network);
  });
});

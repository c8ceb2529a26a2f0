import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Browser } from './browser.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import * as atBrowser from './person-at-browser.ts';

/* A person at a browser, the API's function, and the issuer of this machine (AUTH-009, AUTH-011, AUTH-016, AUTH-019). */
let cloud: CloudFixture;
let handler: (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

beforeAll(async () => {
  cloud = await startCloudFixture({ hasIssuer: true });
  ({ handler } = await import('../../lambda/handlers/api.ts'));
});

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterAll(() => cloud?.close());

const newBrowser = () => new Browser(handler);
const accepted = (browser: Browser) => atBrowser.accepted(cloud, handler, browser);
const signedInPerson = () => atBrowser.signedInPerson(cloud, handler);
const codeFor = (mail: string) => atBrowser.codeFor(cloud, mail);
const { PASSWORD } = atBrowser;

describe('signing in', () => {
  it('leads from the invitation over password and mailed code to where somebody wanted to go', async () => {
    const { browser, person, done } = await signedInPerson();

    expect([done.status, new URL(done.url).pathname]).toEqual([200, '/docs']);
    expect((await browser.api('GET', '/v1/people/me')).json).toMatchObject({ id: person.id, status: 'active' });
    const told = (await cloud.library.events()).filter(({ caller }) => caller.id === person.id);
    expect(told.map(({ action }) => action).sort()).toEqual([
      'person.accepted',
      'person.signed-in-first',
      'session.started',
    ]);
  });

  it('gives no session before the code, and none for a code of another attempt', async () => {
    const [mine, other] = [newBrowser(), newBrowser()];
    const { person } = await accepted(mine);
    const { step } = await accepted(other);

    expect((await mine.api('GET', '/v1/people/me')).status).toBe(401);
    expect((await other.post(step.url, { code: codeFor(person.mail) })).status).toBe(401);
    expect((await other.api('GET', '/v1/people/me')).status).toBe(401);
  });

  it('refuses a code after five wrong ones, and after ten over all attempts of the person', async () => {
    const browser = newBrowser();
    const { person, step } = await accepted(browser);
    const right = codeFor(person.mail);
    const wrong = right === '00000000' ? '11111111' : '00000000';
    const statuses = await Promise.all(Array.from({ length: 50 }, () => browser.post(step.url, { code: wrong })));

    expect(statuses.every(({ status }) => status === 401)).toBe(true);
    expect((await browser.post(step.url, { code: right })).text).not.toContain('/docs');
    const again = newBrowser();
    const { url } = await again.get('/auth/login');
    await again.post(url, { mail: person.mail, password: PASSWORD });
    for (let count = 0; count < 5; count++) await again.post(url, { code: wrong });
    const third = newBrowser();
    const next = await third.get('/auth/login');
    expect((await third.post(next.url, { mail: person.mail, password: PASSWORD })).status).toBe(429);
  });

  it('begins with a new session, whatever the browser had', async () => {
    const { browser, person } = await signedInPerson();
    const before = browser.cookie('vitrine');
    browser.setCookie('vitrine', 'x'.repeat(43));
    const step = await browser.get('/auth/login');
    await browser.post(step.url, { mail: person.mail, password: PASSWORD });
    await browser.post(step.url, { code: codeFor(person.mail) });

    expect(browser.cookie('vitrine')).toMatch(/^[\w-]{43}$/);
    expect([before, 'x'.repeat(43)]).not.toContain(browser.cookie('vitrine'));
    expect((await browser.api('GET', '/v1/people/me/sessions')).json).toHaveLength(2);
  });

  it('ends by our own page alone, here and at the issuer', async () => {
    const { browser } = await signedInPerson();

    expect((await browser.post('/auth/logout', {})).status).toBe(403);
    const { json } = await browser.api('POST', '/auth/logout');

    expect(new URL(json.url).origin).toBe(cloud.issuer);
    expect(browser.cookie('vitrine')).toBe('');
    expect((await browser.api('GET', '/v1/people/me')).status).toBe(401);
  });

  it('refuses somebody who was disabled, with what it says to a stranger', async () => {
    const { person } = await signedInPerson();
    await newBrowser().api('PATCH', `/v1/people/${person.id}`, { status: 'disabled' }, PRIVATE_KEY);
    const browser = newBrowser();
    const step = await browser.get('/auth/login');
    await browser.post(step.url, { mail: person.mail, password: PASSWORD });
    const done = await browser.post(step.url, { code: codeFor(person.mail) });

    expect([done.status, JSON.parse(done.text).code]).toEqual([403, 'sign-in.refused']);
    expect(browser.cookie('vitrine')).toBeUndefined();
  });
});

describe('the address of somebody', () => {
  it('is remembered by their browser when they tick it, until they do not, and else is stored nowhere', async () => {
    const { person } = await signedInPerson();
    const browser = newBrowser();
    const passwordStep = async (more: Record<string, string>) => {
      const { url, text } = await browser.get('/auth/login?again=1');
      await browser.post(url, { mail: person.mail, password: PASSWORD, ...more });
      return text.includes(`value="${person.mail}"`) && text.includes(' checked');
    };

    expect(await passwordStep({})).toBe(false);
    expect(await passwordStep({ remember: 'on' })).toBe(false);
    expect(await passwordStep({})).toBe(true);
    expect(await passwordStep({})).toBe(false);
  });

  it('is not remembered for a wrong password', async () => {
    const browser = newBrowser();
    const { url } = await browser.get('/auth/login');
    await browser.post(url, { mail: 'guess@example.com', password: 'wrong', remember: 'on' });

    expect((await browser.get('/auth/login')).text).not.toContain('guess@example.com');
  });
});

describe('the way back from the issuer', () => {
  /** As far as the redirect with the code, which the browser does not follow. */
  async function stopped() {
    const browser = newBrowser();
    const { person, step } = await accepted(browser);
    browser.stopAt('/auth/callback');
    const { url } = await browser.post(step.url, { code: codeFor(person.mail) });
    return { browser, url };
  }
  const codeOf = ({ text }: { text: string }) => (text.startsWith('{') ? JSON.parse(text).code : text.slice(0, 40));
  const answerTo = async (browser: Browser, url: string) => codeOf(await browser.resume(url));

  it('is taken once', async () => {
    const { browser, url } = await stopped();

    expect((await browser.resume(url)).status).toBe(200);
    expect(await answerTo(browser, url)).toBe('sign-in.invalid');
  });

  it.each([
    ['in another browser', (_: Browser, url: string) => [newBrowser(), url] as const],
    [
      'with another state',
      (browser: Browser, url: string) => [browser, url.replace(/state=[\w-]{4}/, 'state=aaaa')] as const,
    ],
    ['without a state', (browser: Browser, url: string) => [browser, url.replace(/&?state=[\w-]+/, '')] as const],
    [
      'with another code',
      (browser: Browser, url: string) => [browser, url.replace(/code=[\w-]{4}/, 'code=aaaa')] as const,
    ],
    [
      'from another issuer',
      (browser: Browser, url: string) => [browser, url.replace(/iss=[^&]+/, 'iss=http%3A%2F%2Fevil.example')] as const,
    ],
  ])('is refused %s', async (_, change) => {
    const { browser, url } = await stopped();
    const [taker, changed] = change(browser, url);

    expect(changed !== url || taker !== browser).toBe(true);
    expect(await answerTo(taker, changed)).toBe('sign-in.invalid');
    expect(taker.cookie('vitrine')).toBeUndefined();
  });

  it('is refused with the nonce or the verifier of another sign-in', async () => {
    for (const member of ['nonce', 'verifier']) {
      const { browser, url } = await stopped();
      const kept = JSON.parse(Buffer.from(browser.cookie('vitrine-sign-in') ?? '', 'base64url').toString());
      const changed = { ...kept, [member]: Buffer.alloc(32, 7).toString('base64url') };
      browser.setCookie('vitrine-sign-in', Buffer.from(JSON.stringify(changed)).toString('base64url'));

      expect(await answerTo(browser, url)).toBe('sign-in.invalid');
    }
  });
});

describe('where somebody wants to go', () => {
  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '\\evil', '/a\\b', ''])(
    'is refused when it is no path of this host: %j',
    async (to) => {
      const answer = await newBrowser().get(`/auth/login?to=${encodeURIComponent(to)}`);

      expect(JSON.parse(answer.text).code).toBe('sign-in.invalid');
    },
  );
});

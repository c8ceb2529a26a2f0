import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiHandler } from './browser.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { httpApiEvent, lambdaContext } from './events.ts';

/* Who is refused is in the log, and counted in the audit log. */
let cloud: CloudFixture;
let handler: ApiHandler;
let lines: { readonly event: string; readonly code: string; readonly caller: object }[] = [];

beforeAll(async () => {
  cloud = await startCloudFixture();
  ({ handler } = await import('../../lambda/handlers/api.ts'));
});

beforeEach(() => {
  lines = [];
  vi.spyOn(console, 'warn').mockImplementation((line) => void lines.push(line));
});
afterAll(() => cloud?.close());

const basic = (key: string) => ({ authorization: `Basic ${btoa(`${key}:`)}` });

async function call(method: string, path: string, headers: Readonly<Record<string, string>>, json?: object) {
  const type = json && { 'content-type': 'application/json' };
  const body = json && { body: Buffer.from(JSON.stringify(json)) };
  const event = httpApiEvent(method, path, { headers: { ...headers, ...type }, ...body });
  const { statusCode, body: text } = await handler(event, lambdaContext());
  return { status: statusCode, json: JSON.parse(text || 'null') };
}

const restrictedKey = async (permissions: readonly string[]) =>
  (await call('POST', '/v1/accounts/keys', basic(PRIVATE_KEY), { name: 'Key', permissions })).json as {
    readonly id: string;
    readonly key: string;
  };

/** What was told of a code, as its counts. */
async function countOf(code: string): Promise<number> {
  const told = (await cloud.library.events()).filter(
    ({ action, object }) => action === 'attempts.refused' && object.id === code,
  );
  return told.reduce((sum, { after }) => sum + Number(after?.count), 0);
}

const COOKIE = { cookie: `vitrine=${'x'.repeat(43)}`, 'x-vitrine': '1', 'sec-fetch-site': 'same-origin' };
/** Well-formed, unsigned (`alg: none`). */
const FORGED = `${btoa('{"alg":"none"}')}.${btoa('{"sub":"owner"}')}.`.replaceAll('=', '');

describe('a refused attempt', () => {
  it.each([
    ['without a key', 'GET', '/v1/accounts/keys', {}, 'key.missing'],
    ['with a key that was guessed', 'GET', '/v1/accounts/keys', basic('private_guess'), 'key.unknown'],
    ['with a forged token', 'GET', '/v1/accounts/keys', { authorization: `Bearer ${FORGED}` }, 'token.invalid'],
    ['with a guessed cookie', 'GET', '/v1/accounts/keys', COOKIE, 'session.ended'],
    ['with two proofs', 'GET', '/v1/accounts/keys', { ...COOKIE, ...basic(PRIVATE_KEY) }, 'credentials.two'],
    [
      'with a cookie from another site',
      'GET',
      '/v1/people',
      { ...COOKIE, 'sec-fetch-site': 'cross-site' },
      'site.foreign',
    ],
    ['with a sign-in that was begun nowhere', 'GET', '/auth/callback?code=x&state=y', {}, 'sign-in.invalid'],
    [
      'with a guessed invitation',
      'POST',
      '/v1/people/invitations/accept',
      {},
      'invitation.invalid',
      { token: 'guess' },
    ],
  ])('%s is a line of the log and an event', async (_, method, path, headers, code, json?: object) => {
    const { status, json: answered } = await call(method, path, headers as Record<string, string>, json);

    expect([Math.floor((status ?? 500) / 100), answered.code]).toEqual([4, code]);
    expect(lines).toEqual([{ event: 'attempt-refused', code, caller: expect.any(Object) }]);
    expect(await countOf(code)).toBeGreaterThan(0);
  });

  it('of a key that lacks a right, or is too fast, names the key by its id', async () => {
    const { id, key } = await restrictedKey(['keys.write']);
    const caller = { kind: 'restricted-key', id };

    expect((await call('GET', '/v1/people', basic(key))).json.code).toBe('permission.missing');
    expect(lines).toMatchObject([{ code: 'permission.missing', caller }]);
    const calls = await Promise.all(
      Array.from({ length: 100 }, () => call('POST', '/v1/accounts/keys', basic(key), {})),
    );
    const refused = calls.filter(({ status }) => status === 429).length;

    expect(refused).toBeGreaterThan(0);
    expect(lines.filter(({ code }) => code === 'rate.exceeded')).toHaveLength(refused);
    expect(lines.at(-1)).toMatchObject({ code: 'rate.exceeded', caller });
    const told = (await cloud.library.events()).filter(({ object }) => object.id === 'rate.exceeded');
    expect(told).toHaveLength(1);
    expect(told[0]?.after).toMatchObject({ callerKind: 'restricted-key', callerIds: [id] });
  });

  it('tells no key, no token and no address', async () => {
    await call('GET', '/v1/accounts/keys', { ...basic('private_guess'), 'x-forwarded-for': '203.0.113.7' });
    const told = JSON.stringify([lines, await cloud.library.events()]);

    expect(lines).toHaveLength(1);
    for (const secret of ['private_guess', btoa('private_guess:'), '203.0.113.7', '127.0.0.1', FORGED]) {
      expect(told).not.toContain(secret);
    }
  });
});

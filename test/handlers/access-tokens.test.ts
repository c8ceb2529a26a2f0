import { setTimeout as pause } from 'node:timers/promises';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { signIn } from '../../cli/sign-in/sign-in.ts';
import type { ApiServer } from './api-server.ts';
import { startApiServer } from './api-server.ts';
import { Browser } from './browser.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { httpApiEvent, lambdaContext } from './events.ts';
import { codeFor, PASSWORD, signedInPerson } from './person-at-browser.ts';

/* A person at the command line: the verb, a browser, the issuer of this machine and the API's function (AUTH-006). */
let cloud: CloudFixture;
let api: ApiServer;
let handler: (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;
let person: { readonly id: string; readonly mail: string };
let token: string;

beforeAll(async () => {
  cloud = await startCloudFixture({ hasIssuer: true });
  ({ handler } = await import('../../lambda/handlers/api.ts'));
  api = await startApiServer();
  ({ person } = await signedInPerson(cloud, handler));
  token = await takenTokenOf(person.mail);
}, 30_000);

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));

afterAll(async () => {
  api?.close();
  await cloud?.close();
});

/** The verb waits at a port of the whole machine, which another run of this test may have. */
async function tokenOf(mail: string): Promise<string> {
  for (;;) {
    const printed: string[] = [];
    const told: string[] = [];
    const browsed: Promise<unknown>[] = [];
    const tell = (text: string) => {
      told.push(text);
      const url = /^http\S+$/m.exec(text)?.[0];
      if (url) browsed.push(browse(url, mail));
    };
    const code = await signIn(['--api', api.baseURL], (text) => void printed.push(text), tell);
    await Promise.all(browsed);
    if (code === 0) return printed.join('').trim();
    expect(told.join('')).toContain('is in use');
    await pause(200);
  }
}

/** Sign-ins count in seconds: one of the very second of the invitation, or of the end of all sessions, is refused. */
async function takenTokenOf(mail: string): Promise<string> {
  const made = await tokenOf(mail);
  return (await call(bearer(made))).status === 200 ? made : takenTokenOf(mail);
}

async function browse(url: string, mail: string): Promise<void> {
  const browser = new Browser(handler);
  const step = await browser.get(url);
  await browser.post(step.url, { mail, password: PASSWORD });
  const done = await browser.post(step.url, { code: codeFor(cloud, mail) });
  expect(done.text).toContain('go back to the command line');
}

async function call(headers: Readonly<Record<string, string>>, path = '/v1/people/me', method = 'GET') {
  const [pathname = '', query = ''] = path.split('?');
  const { statusCode, body } = await handler(httpApiEvent(method, pathname, { query, headers }), lambdaContext());
  return { status: statusCode, json: JSON.parse(body || 'null') };
}

const bearer = (text: string) => ({ authorization: `Bearer ${text}` });

describe('an access token of the command line', () => {
  it('is its person, with their rights and no others', async () => {
    expect((await call(bearer(token))).json).toMatchObject({ id: person.id, status: 'active' });
    expect((await call({ authorization: `bEaReR ${token}` })).status).toBe(200);
    expect((await call(bearer(token), '/v1/accounts/keys')).status).toBe(403);
  });

  it('is taken from its header alone, once, and never beside a session', async () => {
    expect((await call({}, `/v1/people/me?access_token=${token}`)).status).toBe(401);
    expect((await call({ authorization: `Bearer ${token}, Bearer ${token}` })).json.code).toBe('token.invalid');
    expect((await call({ ...bearer(token), cookie: 'vitrine=abc' })).json.code).toBe('credentials.two');
    expect((await call(bearer(`${token}${'a'.repeat(100_000)}`))).json.code).toBe('token.invalid');
    expect((await call({ authorization: 'Bearer' })).json.code).toBe('token.invalid');
    expect((await call({ authorization: `Basic ${btoa(`${token}:`)}` })).json.code).toBe('key.unknown');
  });

  it('is refused by the next call when its person is signed out or disabled, and a later one is taken', async () => {
    const { person: other } = await signedInPerson(cloud, handler);
    const before = await takenTokenOf(other.mail);
    const key = { authorization: `Basic ${btoa(`${PRIVATE_KEY}:`)}` };
    expect((await call(bearer(before))).status).toBe(200);
    expect((await call(key, `/v1/people/${other.id}/sessions`, 'DELETE')).status).toBe(204);

    expect((await call(bearer(before))).json.code).toBe('token.invalid');
    await takenTokenOf(other.mail);
    expect((await call(bearer(token))).status).toBe(200);
  }, 40_000);
});

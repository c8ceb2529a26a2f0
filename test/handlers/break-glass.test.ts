import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { breakGlass } from '../../cli/break-glass/break-glass.ts';
import { owner } from '../../cli/break-glass/owner.ts';
import { ENVIRONMENT } from '../../lambda/contract/environment.ts';
import type { ApiHandler } from './browser.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { httpApiEvent, lambdaContext } from './events.ts';

/* The verbs, the SDK's Lambda client, and the function behind Lambda's own path for calls (AWS, "Invoke"). */
let cloud: CloudFixture;
let server: Server;
let api: ApiHandler;

beforeAll(async () => {
  cloud = await startCloudFixture();
  const { handler } = await import('../../lambda/handlers/break-glass.ts');
  ({ handler: api } = await import('../../lambda/handlers/api.ts'));
  server = createServer(async (request, response) => {
    if (request.url !== '/2015-03-31/functions/vitrine-break-glass/invocations')
      return response.writeHead(404).end('{}');
    response.end(JSON.stringify(await handler(await json(request), lambdaContext())));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${port}`,
    AWS_REGION: process.env[ENVIRONMENT.accountsRegion],
  });
});

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));

afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await cloud?.close();
});

async function run(verb: typeof owner, ...args: readonly string[]) {
  const printed: string[] = [];
  const code = await verb(args, (text) => void printed.push(text));
  return { code, text: printed.join('') };
}

async function call(key: string, method: string, path: string, body?: object) {
  const authorization = `Basic ${btoa(`${key}:`)}`;
  const message = { headers: { authorization, 'content-type': 'application/json' } };
  const sent = body && { body: Buffer.from(JSON.stringify(body)) };
  const answer = await api(httpApiEvent(method, path, { ...message, ...sent }), lambdaContext());
  return { status: answer.statusCode, json: JSON.parse(answer.body || 'null') };
}

const invited = (mail: string) =>
  run(owner, '--mail', mail, '--name', 'First', '--api', 'https://api.example.com', '--reason', 'first start');

const glassEvents = async () => (await cloud.library.events()).filter(({ caller }) => caller.kind === 'break-glass');

describe('vitrine owner', () => {
  it('prints a link that can be used once, and one anew for whoever has not used it', async () => {
    const first = await invited('first@example.com');
    const again = await invited('First@Example.com');
    const tokens = [first, again].map(({ text }) => /invitation\?token=([\w-]{43})$/m.exec(text)?.[1]);

    expect([first.code, again.code]).toEqual([0, 0]);
    expect(first.text).toMatch(/^https:\/\/api\.example\.com\/auth\/invitation\?token=/);
    const accept = (token: string | undefined) =>
      call(PRIVATE_KEY, 'POST', '/v1/people/invitations/accept', { token: token ?? '' });
    expect((await accept(tokens[0])).status).toBe(400);
    expect((await accept(tokens[1])).status).toBe(204);
    expect((await accept(tokens[1])).status).toBe(400);
    const { json: people } = await call(PRIVATE_KEY, 'GET', '/v1/people');
    expect(people).toMatchObject([{ mail: 'first@example.com', status: 'active', roles: [{ role: 'owner' }] }]);
    expect(await invited('first@example.com')).toMatchObject({ code: 1 });
  });

  it('is written down with its reason before it is let in', async () => {
    const told = (await glassEvents()).map(({ action, after }) => [action, after?.reason]);

    expect(told.filter(([action]) => action === 'glass.broken')).toHaveLength(3);
    expect(told).toContainEqual(['glass.broken', 'first start']);
    expect(told.filter(([action]) => action === 'person.invited')).toHaveLength(2);
  });

  it('refuses what it cannot read, in words', async () => {
    expect((await run(owner, '--mail', 'a@example.com')).code).toBe(2);
    const bad = await run(
      owner,
      ...['--mail', 'no address', '--name', 'A', '--api', 'https://a.example', '--reason', 'x'],
    );

    expect(bad).toEqual({ code: 1, text: expect.stringContaining('mail must be an address') });
    const elsewhere = await run(breakGlass, '--reason', 'x', '--deployment', 'other');
    expect(elsewhere).toEqual({ code: 1, text: expect.stringContaining('other-break-glass could not be called') });
    expect((await run(breakGlass, '--reason', 'two\nlines')).text).toContain('with a reason');
  });
});

describe('vitrine break-glass', () => {
  it('gives a key of an administrator for an hour, and tells every owner', async () => {
    const { code, text } = await run(breakGlass, '--reason', 'the user pool is down');
    const [key = '', end = ''] = text.split('\n');

    expect([code, end]).toEqual([0, expect.stringMatching(/^It ends at 20/)]);
    expect((await call(key, 'GET', '/v1/people')).status).toBe(200);
    // An owner is made by nobody who came in so.
    const made = await call(key, 'POST', '/v1/people', {
      mail: 'x@example.com',
      name: 'X',
      roles: [{ role: 'owner' }],
    });
    expect(made.status).toBe(403);
    const { json: keys } = await call(PRIVATE_KEY, 'GET', '/v1/accounts/keys');
    const [listed] = keys;
    expect(listed).toMatchObject({ name: 'Break glass: the user pool is down', role: 'admin' });
    expect(Date.parse(listed.endsAt) - Date.now()).toBeLessThanOrEqual(3_600_000);
    const mails = cloud.mailbox.list().filter(({ to }) => to.includes('first@example.com'));
    expect(mails[0]?.text).toContain('The reason they gave: the user pool is down');
    expect(mails[0]?.text).not.toContain(key);
    expect((await glassEvents()).map(({ action }) => action)).toContain('key.created');
  });
});

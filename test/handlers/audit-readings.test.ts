import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import type { AnyOperation } from '../../lambda/api/operation.ts';
import { API_OPERATIONS } from '../../lambda/api/table.ts';
import type { ApiHandler } from './browser.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { httpApiEvent, lambdaContext } from './events.ts';

/* AUD-007. Who reads the audit log, or the personal data of others, is in the audit log. */
let cloud: CloudFixture;
let handler: ApiHandler;

beforeAll(async () => {
  cloud = await startCloudFixture();
  ({ handler } = await import('../../lambda/handlers/api.ts'));
});

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));
afterAll(() => cloud?.close());

const basic = (key: string) => ({ authorization: `Basic ${btoa(`${key}:`)}` });

async function call(method: string, path: string, key = PRIVATE_KEY, json?: object) {
  const type = json && { 'content-type': 'application/json' };
  const body = json && { body: Buffer.from(JSON.stringify(json)) };
  const event = httpApiEvent(method, path, { headers: { ...basic(key), ...type }, ...body });
  const { statusCode, headers, body: text } = await handler(event, lambdaContext());
  return { status: statusCode, headers, text: text ?? '' };
}

async function keyWith(permissions: readonly string[]): Promise<{ readonly id: string; readonly key: string }> {
  const name = `Reader ${randomUUID().slice(0, 8)}`;
  return JSON.parse((await call('POST', '/v1/accounts/keys', PRIVATE_KEY, { name, permissions })).text);
}

const notedFor = async (id: string) =>
  (await cloud.library.events())
    .filter(({ caller }) => caller.id === id)
    .map(({ action, object }) => [action, object.id]);

const year = new Date().toISOString().slice(0, 4);

describe('the audit log', () => {
  it('has who lists it, verifies it and exports it, once for the parts of one reading', async () => {
    const { id, key } = await keyWith(['audit.read']);
    const list = await call('GET', '/v1/audit/events?limit=1', key);
    const cursor = String(list.headers?.['x-next-cursor']);
    await call('GET', `/v1/audit/events?limit=1&cursor=${cursor}`, key);
    for (const chain of ['00', '01', '02']) await call('GET', `/v1/audit/chains/${year}-${chain}`, key);
    expect((await call('GET', '/v1/audit/export', key)).status).toBe(200);

    expect((await notedFor(id)).sort()).toEqual([
      ['audit.exported', year],
      ['audit.read', 'chains'],
      ['audit.read', 'events'],
    ]);
  });

  it('has who exports it with a cursor of their own making', async () => {
    const { id, key } = await keyWith(['audit.read']);
    const cursor = Buffer.from('[0,0]').toString('base64url');

    expect((await call('GET', `/v1/audit/export?cursor=${cursor}`, key)).text).toContain('"chain"');
    expect(await notedFor(id)).toEqual([['audit.exported', year]]);
  });

  it('is given to nobody without the right, and has nothing of them as a reader', async () => {
    const { id, key } = await keyWith(['people.read', 'usage.read', 'keys.read']);
    const paths = ['/v1/audit/events', '/v1/audit/export', `/v1/audit/chains/${year}-00`];
    for (const path of paths) expect([path, (await call('GET', path, key)).status]).toEqual([path, 403]);

    expect(await notedFor(id)).toEqual([]);
  });
});

/** Members of answers that are about a person: the inventory of docs/people.md. */
const PERSONAL = ['mail', 'locale', 'lastSeenAt', 'authenticatedAt', 'userAgent', 'address', 'network'];

/** Names of members anywhere in the answers of an operation. */
function membersOf({ answer }: AnyOperation): ReadonlySet<string> {
  const names = new Set<string>();
  JSON.stringify(z.toJSONSchema(answer.schema, { unrepresentable: 'any', io: 'output' }), (_, value) => {
    if (value && typeof value === 'object' && 'properties' in value && value.properties)
      for (const name of Object.keys(value.properties)) names.add(name);
    return value;
  });
  return names;
}

const tells = (operation: AnyOperation): boolean => PERSONAL.some((name) => membersOf(operation).has(name));

describe('an operation', () => {
  const telling = API_OPERATIONS.filter(tells);

  it('that answers with personal data has an action of the audit log', () => {
    expect(telling.filter(({ audit }) => 'none' in audit).map(({ id }) => id)).toEqual([]);
  });

  it('that does so is found by its schema', () => {
    expect(telling.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['people.list', 'people.get', 'people.invite', 'sessions.list']),
    );
    expect(telling.map(({ id }) => id)).not.toContain('files.get');
  });

  it('that exports, or is about the log or people, and reads, has an action too', () => {
    const reading = API_OPERATIONS.filter(
      ({ id, methods, resource }) => /export/.test(id) || (methods.includes('GET') && resource === 'audit'),
    );

    expect(reading.map(({ id }) => id)).toEqual(expect.arrayContaining(['audit.list', 'audit.chain', 'audit.export']));
    expect(reading.filter(({ audit }) => 'none' in audit).map(({ id }) => id)).toEqual([]);
  });
});

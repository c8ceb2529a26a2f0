import { beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import type { ApiDeps } from '../../lambda/api/deps.ts';
import { defineOperation } from '../../lambda/api/operation.ts';
import { members } from '../../lambda/api/schemas/members.ts';
import { nothing } from '../../lambda/api/schemas/parameters.ts';
import { serve } from '../../lambda/api/serve.ts';
import { callCounter } from '../../lambda/core/accounts/call-rates.ts';
import type { Permission } from '../../lambda/core/accounts/permissions.ts';
import type { Caller } from '../../lambda/core/kernel/caller.ts';
import { problem } from '../../lambda/core/kernel/problems.ts';

const SECRET = 'the table arn:aws:dynamodb is on fire';

/** An operation of the test that answers what its body makes it do. */
const operation = (id: string, method: 'GET' | 'POST', run: (caller: Caller) => Promise<unknown>, isPublic = false) =>
  defineOperation({
    id,
    methods: [method],
    paths: [`/v1/${id}`],
    access: isPublic ? { public: 'It is a test.' } : { permission: 'rules.write' },
    resource: 'tests',
    input: () => ({
      path: nothing(),
      query: members({ n: z.string().optional() }),
      body: method === 'GET' ? { kind: 'none' } : { kind: 'json', schema: members({}) },
    }),
    answer: { status: 200, schema: () => z.unknown() },
    problems: [],
    audit: { none: 'It is a test.' },
    rateClass: 'read',
    sentence: 'Tests.',
    example: {},
    run: (_, caller) => run(caller),
  });

const OPERATIONS = [
  operation('caller', 'GET', async ({ kind }) => kind),
  operation('open', 'GET', async ({ kind, grants }) => ({ kind, grants }), true),
  operation('fault', 'GET', async () => Promise.reject(new Error(SECRET))),
  operation('throttled', 'GET', async () =>
    Promise.reject(Object.assign(new Error(SECRET), { name: 'ThrottlingException' })),
  ),
  operation('broken', 'GET', async () =>
    Promise.reject(Object.assign(new Error(SECRET), { $metadata: { httpStatusCode: 500 } })),
  ),
  operation('refusal', 'GET', async () => Promise.reject(problem('rule.limit', 'There may be 100.'))),
  operation('change', 'POST', async () => 'changed'),
  // The owner has every permission that there is.
  { ...operation('beyond', 'POST', async () => 'changed'), access: { permission: 'no.such' as Permission } },
];

const KEY = { authorization: `Basic ${Buffer.from('private_test:').toString('base64')}` };
const OTHER = { authorization: `Basic ${Buffer.from('private_other:').toString('base64')}` };
let credentialsRead = 0;
const account: ApiDeps['account'] = {
  credentials: async () => {
    credentialsRead++;
    return { publicKey: 'public_test', privateKey: 'private_test' };
  },
  mediaHost: async () => 'media.example.com',
  findKey: async () => undefined,
  noteKeyUse: async () => undefined,
  usedTickets: { use: async () => true },
  countCall: callCounter(Date.now),
  clock: Date.now,
};

let refused: unknown[] = [];
let toldAfter: number[] = [];
const refusals: ApiDeps['refusals'] = {
  note: (attempt) => void refused.push(attempt),
  tell: async () => void toldAfter.push(refused.length),
};

const answer = serve(OPERATIONS, () => ({ account, refusals }) as ApiDeps);

beforeEach(() => {
  refused = [];
  toldAfter = [];
});

async function call(method: string, path: string, headers: Readonly<Record<string, string>> = KEY, body?: string) {
  const reports: unknown[][] = [];
  const response = await answer({
    requestId: 'r-1',
    read: () => new Request(`https://api.invalid${path}`, { method, headers, body: body ?? null }),
    report: (...told) => void reports.push(told),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? '' : JSON.parse(text), reports };
}

test('an operation runs for the caller that the key names', async () => {
  expect(await call('GET', '/v1/caller')).toMatchObject({ status: 200, body: 'private-key', reports: [] });
});

test('a public operation needs no key, reads none, and its caller may do nothing', async () => {
  credentialsRead = 0;

  expect(await call('GET', '/v1/open', {})).toMatchObject({ status: 200, body: { kind: 'nobody', grants: [] } });
  expect(await call('GET', '/v1/open', OTHER)).toMatchObject({ status: 200, body: { kind: 'nobody', grants: [] } });
  expect(credentialsRead).toBe(0);
});

test('a caller without the permission is told which one is missing', async () => {
  const { status, body } = await call('POST', '/v1/beyond', { ...KEY, 'content-type': 'application/json' }, '{}');

  expect([status, body.code]).toEqual([403, 'permission.missing']);
  expect(body.message).toBe('This key lacks the permission no.such.');
});

test('a fault is reported once and answered without a detail', async () => {
  const { status, body, reports, headers } = await call('GET', '/v1/fault');

  expect([status, body.code, headers.get('x-request-id')]).toEqual([500, 'internal', 'r-1']);
  expect(JSON.stringify(body)).not.toContain('dynamodb');
  expect(reports).toEqual([['api-failed', expect.objectContaining({ message: SECRET })]]);
});

test.each(['throttled', 'broken'])(
  'a service that is %s is reported, and the caller is told to come back',
  async (id) => {
    const { status, body, reports, headers } = await call('GET', `/v1/${id}`);

    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'busy', '1']);
    expect(JSON.stringify(body)).not.toContain('dynamodb');
    expect(reports).toEqual([['api-failed', expect.objectContaining({ message: SECRET })]]);
  },
);

test('a refusal is answered with its message and is no fault', async () => {
  expect(await call('GET', '/v1/refusal')).toMatchObject({
    status: 400,
    body: { code: 'rule.limit', message: 'There may be 100.' },
    reports: [],
  });
});

test('what is no web request is answered, and has no host for its help', async () => {
  const response = await answer({
    requestId: 'r',
    read: () => {
      throw problem('method.not-allowed', 'The API does not know TRACE.');
    },
    report: () => undefined,
  });

  expect(response.status).toBe(405);
  expect(await response.json()).toMatchObject({ help: '/docs#method.not-allowed' });
});

test('dependencies that cannot be made are a fault that is answered', async () => {
  const reports: unknown[] = [];
  const broken = serve(OPERATIONS, () => {
    throw new Error(SECRET);
  });
  const read = () => new Request('https://api.invalid/v1/open');
  const response = await broken({ requestId: 'r', read, report: (event) => void reports.push(event) });

  expect([response.status, reports]).toEqual([500, ['api-failed']]);
});

test('the key is checked before the path, the path before the method, the permission before the site and the body', async () => {
  const foreign = { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' };
  const code = async (method: string, path: string, headers: Readonly<Record<string, string>>) =>
    (await call(method, path, headers, method === 'POST' ? '{' : undefined)).body.code;

  expect(await code('POST', '/v1/nowhere', foreign)).toBe('key.missing');
  expect(await code('POST', '/v1/change', foreign)).toBe('key.missing');
  expect(await code('POST', '/v1/nowhere', { ...foreign, ...OTHER })).toBe('key.unknown');
  expect(await code('POST', '/v1/nowhere', { ...foreign, ...KEY })).toBe('route.unknown');
  expect(await code('POST', '/v1/caller', { ...foreign, ...KEY })).toBe('method.not-allowed');
  expect(await code('POST', '/v1/beyond?x=1', { ...foreign, ...KEY })).toBe('permission.missing');
  expect(await code('POST', '/v1/change?x=1', { ...foreign, ...KEY })).toBe('site.foreign');
  expect(await code('POST', '/v1/change?x=1', { 'content-type': 'text/plain', ...KEY })).toBe('input.invalid');
  expect(await code('POST', '/v1/change', { 'content-type': 'text/plain', ...KEY })).toBe('body.unsupported');
});

test('what is refused is noted with whose proof was good, and told before the answer', async () => {
  const owner = { kind: 'private-key', id: 'private-key' };
  const nobody = { kind: 'nobody', id: 'nobody' };

  await call('GET', '/v1/caller', {});
  await call('GET', '/v1/nowhere', OTHER);
  await call('POST', '/v1/beyond', KEY, '{}');
  await call('POST', '/v1/change', { ...KEY, 'sec-fetch-site': 'cross-site' }, '{}');

  expect(refused).toEqual([
    { code: 'key.missing', caller: nobody },
    { code: 'key.unknown', caller: nobody },
    { code: 'permission.missing', caller: owner },
    { code: 'site.foreign', caller: owner },
  ]);
  expect(toldAfter).toEqual([1, 2, 3, 4]);
});

test('what fails without refusing anybody is not noted', async () => {
  for (const path of ['/v1/caller', '/v1/fault', '/v1/throttled', '/v1/refusal', '/v1/nowhere', '/v1/caller?x=1']) {
    await call('GET', path);
  }

  expect([refused, toldAfter]).toEqual([[], [0, 0, 0, 0, 0, 0]]);
});

test('a wrong method is told with those that there are', async () => {
  const { status, headers } = await call('DELETE', '/v1/change');

  expect([status, headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
});

test('a preflight is answered for every path, without a key', async () => {
  for (const path of ['/v1/change', '/v1/nowhere']) {
    const { status, headers } = await call('OPTIONS', path, {});

    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect(headers.get('access-control-allow-headers')).toBe('authorization, content-type, if-match');
  }
});

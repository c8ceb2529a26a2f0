import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { jsonSchema } from '../../lambda/api/documentation/json-schema.ts';
import type { AnyOperation } from '../../lambda/api/operation.ts';
import type { Call } from '../../lambda/api/serve.ts';
import { serve } from '../../lambda/api/serve.ts';
import { API_OPERATIONS } from '../../lambda/api/table.ts';
import type { CloudFixture } from '../handlers/cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from '../handlers/cloud-fixture.ts';
import type { ExampleAnswer, ExampleCall } from './example-calls.ts';
import { prepareExample } from './example-calls.ts';
import { removeExamples } from './remove-examples.ts';

/* What holds for every operation, derived from its record and tried on real stores. */
let cloud: CloudFixture;
let answerCall: (call: Call) => Promise<Response>;
let deps: Parameters<typeof serve>[1];
const faults: unknown[] = [];

beforeAll(async () => {
  cloud = await startCloudFixture();
  const { composeApi } = await import('../../lambda/handlers/composition/api.ts');
  deps = composeApi();
  answerCall = serve(API_OPERATIONS, deps);
});

beforeEach(() => {
  faults.length = 0;
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
});

afterAll(() => cloud?.close());

const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
const OWNER = basic(PRIVATE_KEY);

async function send(
  { method, path, json, form }: ExampleCall,
  authorization: string | null = OWNER,
  answerer = answerCall,
): Promise<ExampleAnswer> {
  const headers = new Headers({ host: 'localhost', ...(authorization && { authorization }) });
  if (json !== undefined) headers.set('content-type', 'application/json');
  const body = form ? formOf(form) : json === undefined ? null : JSON.stringify(json);
  const read = () => new Request(`https://api.invalid${path}`, { method, headers, body });
  const report = (_event: string, error: unknown) => void faults.push(error);
  const response = await answerer({ requestId: randomUUID(), read, report });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

const prepare = (operation: AnyOperation) => prepareExample(operation, send);
const guarded = API_OPERATIONS.filter(({ access }) => 'permission' in access);

/** A call whose ids are nobody's, for what is refused before they are looked at. */
const anyCall = ({ methods, paths }: AnyOperation): ExampleCall => ({
  method: methods[0],
  path: paths[0].replace(/:\w+/g, '0'.repeat(24)),
});

describe('the example of every operation', () => {
  it.each(API_OPERATIONS.map((operation) => [operation.id, operation] as const))('%s works', async (_, operation) => {
    const answer = await send(await prepare(operation));

    expect([answer.status, answer.body, faults]).toEqual([operation.answer.status, answer.body, []]);
    if (operation.answer.status === 204) expect(answer.body).toBe('');
    else expect(operation.answer.schema.safeParse(answer.body).error).toBeUndefined();
    await removeExamples(operation, send);
  });
});

/** @returns those of the operations that a stranger gets another answer from than they should */
async function open(operations: readonly AnyOperation[], key: string | null, status: number, answerer = answerCall) {
  const found: string[] = [];
  for (const operation of operations) {
    const answer = await send(anyCall(operation), key, answerer);
    if (answer.status !== status) found.push(operation.id);
  }
  return found;
}

describe('every operation that needs a permission', () => {
  it('answers 401 without a key and 403 with another one', async () => {
    expect(guarded.length).toBeGreaterThan(25);
    expect(await open(guarded, null, 401)).toEqual([]);
    expect(await open(guarded, basic('private_other'), 403)).toEqual([]);
  });

  it('is seen when its permission is taken out of the table', async () => {
    for (const { id } of guarded) {
      const without = API_OPERATIONS.map((one) => (one.id === id ? { ...one, access: { public: 'a mutation' } } : one));

      expect(await open(guarded, null, 401, serve(without, deps))).toEqual([id]);
    }
  });

  it('asks for exactly that permission', async () => {
    for (const { id, access } of guarded) {
      const needed = 'permission' in access ? access.permission : '';
      const { requirePermission } = await import('../../lambda/core/accounts/policy.ts');
      const { PERMISSIONS } = await import('../../lambda/core/accounts/permissions.ts');
      const holding = (permissions: readonly string[]) =>
        ({ kind: 'restricted-key', id: 'k', grants: [{ permissions }] }) as const;

      expect(() => requirePermission(holding([needed]), needed as never), id).not.toThrow();
      expect(
        () => requirePermission(holding(PERMISSIONS.filter((one) => one !== needed)), needed as never),
        id,
      ).toThrow(needed);
    }
  });
});

interface Member {
  readonly name: string;
  readonly isRequired: boolean;
  readonly type: string | undefined;
}

/** Members of a body that is one object. */
function membersOf({ input: { body } }: AnyOperation): readonly Member[] {
  if (body.kind !== 'json') return [];
  const { properties = {}, required = [] } = jsonSchema(body.schema, 'input') as {
    readonly properties?: Readonly<Record<string, { readonly type?: string }>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { type }]) => ({ name, isRequired: required.includes(name), type }));
}

const withJson = API_OPERATIONS.filter(({ input }) => input.body.kind === 'json');

describe('every JSON body', () => {
  it.each(withJson.map((operation) => [operation.id, operation] as const))(
    'of %s is refused with a message that names the member',
    async (_, operation) => {
      const call = await prepare(operation);
      const refused = async (json: unknown, name: string | RegExp) => {
        const answer = await send({ ...call, json });
        expect([name, answer.status]).toEqual([name, 400]);
        expect((answer.body as { readonly message: string }).message).toMatch(name);
      };
      const valid = call.json as Readonly<Record<string, unknown>>;

      await refused([], /object|one of|exactly/);
      await refused({ ...valid, 'no-such-member': 1 }, /no-such-member|exactly one/);
      for (const { name, isRequired, type } of membersOf(operation)) {
        const { [name]: _removed, ...others } = valid;
        if (isRequired) await refused(others, name);
        if (type) await refused({ ...valid, [name]: wrong(type) }, name);
        if (type === 'string') await refused({ ...valid, [name]: 'x'.repeat(20_000) }, name);
      }
      expect(faults).toEqual([]);
      await send(call);
      await removeExamples(operation, send);
    },
  );

  it.each(withJson.map((operation) => [operation.id, operation] as const))(
    'of %s may have 64 KB, must be JSON in UTF-8 and no other type',
    async (_, operation) => {
      const { method, path } = anyCall(operation);
      const raw = async (type: string, body: string | Uint8Array) => {
        const headers = new Headers({ authorization: OWNER, 'content-type': type });
        const read = () => new Request(`https://api.invalid${path}`, { method, headers, body: Buffer.from(body) });
        return (await answerCall({ requestId: 'r', read, report: () => undefined })).status;
      };

      expect(await raw('application/json', `{"a":"${'x'.repeat(70_000)}"}`)).toBe(413);
      expect(await raw('application/json', new Uint8Array([0x22, 0xff, 0x22]))).toBe(400);
      expect(await raw('application/json', '{"a":1,"a":2}')).toBe(400);
      expect(await raw('application/json', '"\\ud800"')).toBe(400);
      expect(await raw('text/plain', '{}')).toBe(415);
      expect(await raw('application/x-www-form-urlencoded', 'a=1')).toBe(415);
    },
  );
});

const wrong = (type: string): unknown => (type === 'string' ? 7 : type === 'boolean' ? 'yes' : 'wrong');

describe('every query', () => {
  it.each(guarded.map((operation) => [operation.id, operation] as const))(
    'of %s refuses what is unknown, by name',
    async (_, operation) => {
      const { method, path } = anyCall(operation);
      const query = new URLSearchParams({ ...operation.example.query, 'no-such-parameter': '1' });
      const answer = await send({ method, path: `${path}?${query}` });

      expect(answer.status).toBe(400);
      expect((answer.body as { readonly message: string }).message).toContain('no-such-parameter');
    },
  );
});

describe('a call that another site has a browser make', () => {
  const changing = guarded.filter(({ methods }) => !methods.includes('GET'));
  const status = async (operation: AnyOperation, headers: Readonly<Record<string, string>>) => {
    const { method, path } = anyCall(operation);
    const read = () =>
      new Request(`https://api.invalid${path}`, {
        method,
        headers: { host: 'api.example.com', authorization: OWNER, ...headers },
      });
    return (await answerCall({ requestId: 'r', read, report: () => undefined })).status;
  };

  it('changes nothing, with whichever operation', async () => {
    for (const operation of changing) {
      for (const headers of [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'https://evil.example' },
        { origin: 'http://api.example.com' },
        { origin: 'null', 'sec-fetch-site': 'none' },
      ]) {
        expect([operation.id, headers, await status(operation, headers)]).toEqual([operation.id, headers, 403]);
      }
    }
  });

  it('is not taken for one of our own pages or of a server', async () => {
    for (const headers of [{}, { origin: 'https://api.example.com', 'sec-fetch-site': 'same-origin' }] as const) {
      for (const operation of changing) expect(await status(operation, headers)).not.toBe(403);
    }
  });

  it('is not asked for a key, which the browser would remember', async () => {
    const challenge = async (headers: Readonly<Record<string, string>>) => {
      const read = () => new Request('https://api.invalid/v1/accounts/rules', { headers });
      const answer = await answerCall({ requestId: 'r', read, report: () => undefined });
      return answer.headers.has('www-authenticate');
    };

    expect(await challenge({})).toBe(true);
    expect(await challenge({ 'sec-fetch-mode': 'cors' })).toBe(false);
    expect(await challenge({ origin: 'https://evil.example' })).toBe(false);
  });
});

describe('a stranger', () => {
  it('does not learn which paths there are', async () => {
    for (const path of ['/v1/nowhere', '/v1/accounts/rules', '/favicon.ico', '/v1/files/purge']) {
      expect((await send({ method: 'DELETE', path }, null)).status).toBe(401);
    }
  });
});

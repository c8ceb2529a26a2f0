import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnyOperation } from '../../lambda/api/operation.ts';
import { serve } from '../../lambda/api/serve.ts';
import { API_OPERATIONS } from '../../lambda/api/table.ts';
import { WITHOUT_DIFFERENCE } from '../../lambda/core/audit/actions.ts';
import type { AuditEvent } from '../../lambda/core/audit/event.ts';
import type { CloudFixture } from '../handlers/cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from '../handlers/cloud-fixture.ts';
import type { ExampleAnswer, ExampleCall } from './example-calls.ts';
import { prepareExample } from './example-calls.ts';
import { AZURE, COMPATIBLE, GCS, S3, SECRET } from './origin-bodies.ts';

/* What changes tell of themselves, on real stores. */
let cloud: CloudFixture;
let answer: ReturnType<typeof serve>;
let lines: string[] = [];

beforeAll(async () => {
  cloud = await startCloudFixture();
  const { composeApi } = await import('../../lambda/handlers/composition/api.ts');
  answer = serve(API_OPERATIONS, composeApi());
});

beforeEach(() => {
  lines = [];
  for (const method of ['info', 'log', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((line: unknown) => void lines.push(String(line)));
  }
});

afterAll(() => cloud?.close());

const AUTHORIZATION = `Basic ${Buffer.from(`${PRIVATE_KEY}:`).toString('base64')}`;

async function send({ method, path, json, form }: ExampleCall): Promise<ExampleAnswer> {
  const headers = new Headers({ host: 'localhost', authorization: AUTHORIZATION });
  if (json !== undefined) headers.set('content-type', 'application/json');
  const data = new FormData();
  for (const [name, value] of Object.entries(form ?? {})) data.set(name, value);
  const body = form ? data : json === undefined ? null : JSON.stringify(json);
  const response = await answer({
    requestId: randomUUID(),
    read: () => new Request(`https://api.invalid${path}`, { method, headers, body }),
    report: (_, error) => void lines.push(String(error)),
  });
  const text = await response.text();
  const isJson = text !== '' && response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

const toldActions = async () => (await cloud.library.events()).map(({ action }) => action);

/** Which actions were told since; folders are made on the way to another action. */
function toldSince(before: readonly string[], after: readonly string[], wanted?: string): string[] {
  const count = (list: readonly string[], action: string) => list.filter((one) => one === action).length;
  const actions = [...new Set(after)].filter((action) => count(after, action) > count(before, action));
  return actions.filter((action) => action === wanted || action !== 'folder.created');
}

/** What an operation tells of beside its own action: a file that ends goes through the trash, and its bytes go after it. */
const BESIDE: Readonly<Record<string, readonly string[]>> = { 'files.purge-several': ['file.trashed', 'file.purged'] };

/** Changes that follow from others, or that no operation makes. */
const FOLLOWING: readonly string[] = [
  'session.started',
  'person.signed-in-first',
  'person.account-changed',
  'person.groups-applied',
  'spend-ceiling.reached',
  'glass.broken',
  'attempts.refused',
  'audit-report.sent',
  'file.imported',
  'file.purged',
  'folder.merged',
  'folder.ended',
  'folder.purged',
  'folder.restored',
  'library.restored',
];

const changing = API_OPERATIONS.filter(({ audit }) => 'action' in audit);

/** Their examples lack the words that confirm, and change nothing; test/core/library/trash looks for their events. */
const CONFIRMED: readonly string[] = ['trash.empty', 'library.delete'];

const changingByExample = changing.filter(({ id }) => !CONFIRMED.includes(id));

describe('every operation that changes something', () => {
  it.each(changingByExample.map((operation) => [operation.id, operation] as const))(
    '%s tells of it once, under its own action, and tells no key',
    async (_, operation: AnyOperation) => {
      const call = await prepareExample(operation, send);
      const before = await toldActions();
      const made = await send(call);

      const action = 'action' in operation.audit ? operation.audit.action : '';
      expect([made.status, toldSince(before, await toldActions(), action).sort()]).toEqual([
        operation.answer.status,
        [action, ...(BESIDE[operation.id] ?? [])].sort(),
      ]);
      const told = await cloud.library.events();
      const event = told
        .filter((one) => one.action === action)
        .toSorted((a, b) => (a.at < b.at ? -1 : 1))
        .at(-1);
      const source = action === 'person.accepted' ? 'dashboard' : 'api';
      expect(event).toMatchObject({ source, requestId: expect.stringMatching(/^[\da-f-]{36}$/) });
      expect([action, hasDifference(event)]).toEqual([action, !(action in WITHOUT_DIFFERENCE) || hasDifference(event)]);
      const text = [...lines, JSON.stringify(told)].join('\n');
      for (const secret of [PRIVATE_KEY, AUTHORIZATION, ...secretsIn(call.json), ...secretsIn(made.body)]) {
        expect(text).not.toContain(secret);
      }
      await remove(operation, made);
    },
  );

  it('are all that there are of the actions', async () => {
    const { AUDIT_ACTIONS } = await import('../../lambda/core/audit/actions.ts');
    const declared = changing.map(({ audit }) => ('action' in audit ? audit.action : ''));

    expect([...new Set([...declared, ...FOLLOWING])].sort()).toEqual([...AUDIT_ACTIONS].sort());
  });

  it('are a change of a state, but for those that read or only begin', () => {
    const reading = Object.keys(WITHOUT_DIFFERENCE).filter((action) => /\.(read|listed|exported)$/.test(action));

    expect(Object.keys(WITHOUT_DIFFERENCE).filter((action) => !reading.includes(action))).toEqual([
      'person.mail-change-begun',
    ]);
  });
});

/** Whether an event tells what was before or after: one of both where something was made or removed. */
const hasDifference = (event: Pick<AuditEvent, 'before' | 'after'> | undefined): boolean =>
  [event?.before, event?.after].some((state) => state !== undefined && Object.keys(state).length > 0);

/** Members of bodies and answers that nobody but the caller may know. */
const SECRETS = ['key', 'secret', 'token', 'invitationToken', 'password', 'currentCode', 'newCode', 'secretKey'];

function secretsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    SECRETS.includes(name) && typeof member === 'string' ? [member] : secretsIn(member),
  );
}

/** What may be there once only is removed, so that the next example can make it. */
async function remove({ resource }: AnyOperation, { body }: ExampleAnswer): Promise<void> {
  const remover = API_OPERATIONS.find((one) => one.id === `${resource}.delete`);
  const { id } = body as { readonly id?: string };
  if (remover && id) await send({ method: 'DELETE', path: remover.paths[0].replace(/:\w+/, id) });
}

describe('credentials of an origin', () => {
  it.each([S3, COMPATIBLE, GCS, AZURE])('of type $type are in no line and no answer', async (body) => {
    expect(JSON.stringify(body)).toContain(SECRET);

    const before = await toldActions();
    const made = await send({ method: 'POST', path: '/v1/accounts/origins', json: body });
    const { id } = made.body as { readonly id: string };
    const changed = await send({ method: 'PUT', path: `/v1/accounts/origins/${id}`, json: body });
    const listed = await send({ method: 'GET', path: '/v1/accounts/origins' });
    const gone = await send({ method: 'DELETE', path: `/v1/accounts/origins/${id}` });

    expect([made.status, changed.status, gone.status]).toEqual([201, 200, 204]);
    expect(toldSince(before, await toldActions()).sort()).toEqual([
      'origin.created',
      'origin.deleted',
      'origin.updated',
    ]);
    const events = JSON.stringify(await cloud.library.events());
    const told = [...lines, events, ...[made, changed, listed].map((one) => JSON.stringify(one.body))].join('\n');
    expect(told).not.toContain(SECRET);
  });
});

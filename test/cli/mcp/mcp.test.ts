import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Tool } from '../../../cli/mcp/tools.ts';
import { type Product, startProduct } from '../../product/product.ts';
import { leadingTo, startVerb } from '../product-verbs.ts';

/* An assistant's side of the protocol, line by line, against the running product. */
let product: Product;
let server: ChildProcess;
let request: (method: string, params?: object) => Promise<Answer>;

interface Answer {
  readonly result?: {
    readonly tools?: readonly Tool[];
    readonly isError?: boolean;
    readonly content?: readonly { readonly text: string }[];
  };
  readonly error?: { readonly code: number; readonly message: string };
}

/** Numbers requests, and finds their answers in whatever order they come. */
function talkTo(child: ChildProcess): typeof request {
  const waiting = new Map<number, (answer: Answer) => void>();
  child.on('close', () => {
    for (const answered of waiting.values()) answered({ error: { code: 0, message: 'The server has ended.' } });
  });
  createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> }).on('line', (line) => {
    const { id, ...answer } = JSON.parse(line);
    waiting.get(id)?.(answer);
  });
  let last = 0;
  return (method, params = {}) =>
    new Promise((resolve) => {
      waiting.set(++last, resolve);
      child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id: last, method, params })}\n`);
    });
}

const call = async (name: string, given: object) => (await request('tools/call', { name, arguments: given })).result;

beforeAll(async () => {
  product = await startProduct();
  server = startVerb(['mcp'], leadingTo(product));
  request = talkTo(server);
});

afterAll(async () => {
  server?.kill();
  await product?.stop();
});

it('agrees on a version of the protocol', async () => {
  const asked = { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  expect(await request('initialize', asked)).toMatchObject({
    result: { protocolVersion: '2025-03-26', capabilities: { tools: {} } },
  });
  expect(await request('initialize', { protocolVersion: '1999-01-01' })).toMatchObject({
    result: { protocolVersion: '2025-06-18' },
  });
});

it('has a tool for every operation, which says what it does to the library', async () => {
  const { tools = [] } = (await request('tools/list')).result ?? {};
  const hints = Object.fromEntries(
    tools.map(({ name, annotations: { readOnlyHint, destructiveHint } }) => [name, [readOnlyHint, destructiveHint]]),
  );

  expect(hints).toMatchObject({
    assets_list: [true, false],
    files_upload: [false, false],
    files_delete: [false, true],
    files_update: [false, true],
    trash_empty: [false, true],
    takedowns_create: [false, true],
    cache_purge: [false, true],
  });
  expect(tools.every(({ name }) => /^[a-z0-9_-]{1,64}$/.test(name))).toBe(true);
  expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length);
});

it('makes the calls, whose changes are in the audit log', async () => {
  const uploaded = await call('files_upload', {
    ...{ file: Buffer.from('text').toString('base64'), fileName: 'notes.txt', folder: '/by-assistant' },
    ...{ useUniqueFileName: 'false', tags: 'red' },
  });
  const { fileId } = JSON.parse(uploaded?.content?.[0]?.text ?? '');
  await call('files_update', { fileId, addTags: ['blue'], description: 'Seen' });

  const details = JSON.parse((await call('files_get', { fileId }))?.content?.[0]?.text ?? '');
  expect(details).toMatchObject({ filePath: '/by-assistant/notes.txt', tags: ['red', 'blue'], description: 'Seen' });
  const list = await call('assets_list', { path: '/by-assistant', limit: '1' });
  expect(JSON.parse(list?.content?.[0]?.text ?? '')).toHaveLength(1);
  const log = await call('audit_list', { limit: '20' });
  expect(log?.content?.[0]?.text).toContain('file.uploaded');
  expect(await call('files_delete', { fileId })).toEqual({ content: [{ type: 'text', text: 'Done.' }] });
});

it('tells the assistant why something is refused', async () => {
  expect(await call('files_get', { fileId: '0123456789abcdef01234567' })).toMatchObject({
    isError: true,
    content: [{ text: expect.stringMatching(/was answered 404: /) }],
  });
  expect(await call('files_get', {})).toMatchObject({ isError: true, content: [{ text: 'files_get needs fileId.' }] });
  expect(await call('assets_list', { colour: 'red' })).toMatchObject({
    content: [{ text: 'assets_list has no argument colour.' }],
  });
});

it('answers what is no request of it as the protocol says', async () => {
  expect(await request('tools/call', { name: 'files_explode' })).toEqual({
    jsonrpc: '2.0',
    error: { code: -32602, message: 'There is no tool files_explode.' },
  });
  expect(await request('resources/list')).toMatchObject({ error: { code: -32601 } });
});

it('offers with --read-only what changes nothing, and ends with its input', async () => {
  const reading = startVerb(['mcp', '--read-only'], leadingTo(product));
  const { tools = [] } = (await talkTo(reading)('tools/list')).result ?? {};

  expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['assets_list', 'files_get']));
  expect(tools.filter(({ annotations }) => !annotations.readOnlyHint)).toEqual([]);
  const closed = once(reading, 'close');
  reading.stdin?.end();
  expect(await closed).toEqual([0, null]);
});

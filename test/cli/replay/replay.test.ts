import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct } from '../../product/product.ts';
import { runVerb } from '../product-verbs.ts';

/* An old host that answers as the running product does, but for some URLs. */
let product: Product;
let server: Server;
let from = '';
let folder = '';

const SAME = ['/samples/harbour.jpg?tr=w-200', '/samples/logo.png?tr=w-40', '/samples/none.jpg'];

const CHANGED: Readonly<Record<string, (bytes: Buffer) => Sharp>> = {
  '/samples/harbour.jpg?tr=w-201': (bytes) => sharp(bytes).negate(),
  '/samples/harbour.jpg?tr=w-202': (bytes) => sharp(bytes).resize(101),
  '/samples/harbour.jpg?tr=w-203': (bytes) => sharp(bytes).jpeg({ quality: 5 }),
};

beforeAll(async () => {
  product = await startProduct();
  folder = await mkdtemp(join(tmpdir(), 'vitrine-replay-'));
  server = createServer(async ({ url = '', headers: { accept = '' } }, response) => {
    const path = url.replace(/^\/demo/, '');
    const answer = await fetch(`${product.urlEndpoint}${path}`, { headers: { accept } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const changed = CHANGED[path]?.(bytes);
    const status = path.startsWith('/gone') ? 200 : answer.status;
    response.writeHead(status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(changed ? await changed.toBuffer() : bytes);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  from = `http://127.0.0.1:${(server.address() as { port: number }).port}/demo`;
});

afterAll(async () => {
  server?.close();
  await product?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function replayed(lines: readonly string[], ...more: string[]) {
  const file = join(folder, 'urls');
  await writeFile(file, lines.map((line) => `${line}\n`).join(''));
  const args = ['replay', file, '--from', from, '--to', product.urlEndpoint, '--accept', 'image/jpeg', ...more];
  return runVerb(args);
}

it.each<[string, (path: string) => string]>([
  ['a list of paths', (path) => path],
  ['a list of URLs', (path) => `${from}${path}`],
  ['a sitemap', (path) => `<image:loc>${from}${path.replaceAll('&', '&amp;')}</image:loc>`],
  [
    'an access log',
    (path) => `192.0.2.1 - - [29/Nov/2026:06:00:00 +0000] "GET /demo${path} HTTP/1.1" 200 1234 "${from}/page" "x"`,
  ],
])('%s without a difference ends with 0', async (_, write) => {
  expect(await replayed([...SAME, ...SAME].map(write))).toEqual({
    ...{ code: 0, told: '' },
    printed: `3 URLs compared, 0 differ; 0 lines named none of ${from}.\n`,
  });
});

it('names what differs: colours, pixels, bytes and status', async () => {
  const out = join(folder, 'out.jsonl');
  const paths = [...Object.keys(CHANGED), '/gone/none.jpg', ...SAME];

  const { code, printed } = await replayed(['# a comment', ...paths], '--out', out);

  expect(code).toBe(1);
  expect(printed).toMatch(/^\/samples\/harbour\.jpg\?tr=w-201: .*differs by \d+\.\d\d %$/m);
  expect(printed).toMatch(/^\/samples\/harbour\.jpg\?tr=w-202: 101 x \d+, now 202 x \d+/m);
  expect(printed).toMatch(/^\/samples\/harbour\.jpg\?tr=w-203: \d+ bytes, now \d+/m);
  expect(printed).toMatch(/^\/gone\/none\.jpg: status 200, now 404$/m);
  expect(printed).toContain('7 URLs compared, 4 differ; 1 lines named none');
  const told = (await readFile(out, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(told).toHaveLength(7);
  expect(told.find(({ path }) => path === SAME[0])).toMatchObject({
    difference: 0,
    faults: [],
    after: { status: 200 },
  });
});

it('takes other bounds for what is still the same', async () => {
  const path = '/samples/harbour.jpg?tr=w-203';
  expect((await replayed([path], '--larger', '10000', '--difference', '50')).code).toBe(0);
});

it('compares nothing without a URL of the old host, and says what is wrong with a call', async () => {
  expect(await replayed(['https://other.example.com/a.jpg'])).toMatchObject({
    code: 1,
    told: expect.stringContaining('names no URL of'),
  });
  expect(await replayed(SAME, '--difference', 'much')).toMatchObject({
    code: 2,
    told: expect.stringContaining('--difference takes a number'),
  });
  expect((await runVerb(['replay', join(folder, 'urls')])).code).toBe(2);
});

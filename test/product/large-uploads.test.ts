import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ImageKit, { toFile } from '@imagekit/nodejs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { largeUploads } from '../../examples/large-uploads.mjs';
import { type Product, startProduct } from './product.ts';
import { apiCalls } from './send-parts.ts';

/* Files that are too large for one request, in the running product. */
let product: Product;
let folder: string;
const bytes = randomBytes(52_000_000);

beforeAll(async () => {
  product = await startProduct();
  folder = await mkdtemp(join(tmpdir(), 'vitrine-large-'));
});

afterAll(async () => {
  await product?.stop();
  await rm(folder, { recursive: true, force: true });
});

const digestOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

/** What is delivered under a path; large files are answered by a redirection to the same URL. */
async function delivered(path: string): Promise<string> {
  const answer = await fetch(`${product.urlEndpoint}${path}`);
  expect(answer.status).toBe(200);
  return digestOf(await answer.bytes());
}

/** A client that sends the parts of an upload one by one, until it is killed. */
function startSending(uploadId: string, file: string): ChildProcess {
  const program = new URL('./send-parts.ts', import.meta.url).pathname;
  return spawn(process.execPath, [program, product.api, product.privateKey, uploadId, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function linesOf(child: ChildProcess, count: number): Promise<void> {
  let seen = 0;
  for await (const chunk of child.stdout ?? []) {
    seen += String(chunk).split('\n').length - 1;
    if (seen >= count) return;
  }
}

it('an upload of 52 MB whose client is killed goes on where it was, and is delivered as it was sent', async () => {
  const file = join(folder, 'film.bin');
  await writeFile(file, bytes);
  const { call } = apiCalls(product.api, product.privateKey);
  const { uploadId, partCount } = await call('POST', '', {
    ...{ size: bytes.byteLength, fileName: 'film.bin', folder: '/films', useUniqueFileName: false },
  });
  const killed = startSending(uploadId, file);
  await linesOf(killed, 2);
  killed.kill('SIGKILL');

  const { parts, missing } = await call('GET', `/${uploadId}`);
  expect(parts.length).toBeGreaterThanOrEqual(2);
  expect(parts.length + missing.length).toBe(partCount);
  expect(missing.length).toBeGreaterThan(0);
  const resumed = startSending(uploadId, file);
  await linesOf(resumed, missing.length);
  const completed = await call('POST', `/${uploadId}/complete`);

  expect(completed).toMatchObject({ filePath: '/films/film.bin', size: bytes.byteLength, fileType: 'non-image' });
  expect(await delivered('/films/film.bin')).toBe(digestOf(bytes));
});

it('the SDK uploads a large file with three lines more, a small one as before', async () => {
  const imagekit = new ImageKit({
    ...{ privateKey: product.privateKey, baseURL: product.api, maxRetries: 0 },
    fetch: largeUploads(),
  });
  const upload = async (content: Uint8Array, fileName: string) =>
    imagekit.files.upload({
      ...{
        file: await toFile(content, fileName),
        fileName,
        folder: '/sdk',
        useUniqueFileName: false,
        tags: ['x', 'y'],
      },
    });

  const large = await upload(bytes.subarray(0, 20_000_000), 'large.bin');
  const small = await upload(bytes.subarray(0, 1000), 'small.bin');

  expect(large).toMatchObject({ filePath: '/sdk/large.bin', size: 20_000_000, tags: ['x', 'y'] });
  expect(small).toMatchObject({ filePath: '/sdk/small.bin', size: 1000, tags: ['x', 'y'] });
  expect(await delivered('/sdk/large.bin')).toBe(digestOf(bytes.subarray(0, 20_000_000)));
});

it.each([
  ['a little', 4_500_001, 4_500_000],
  ['for the services before us', 7_000_000, 4_600_000],
])(
  'a file that is too large for one request, %s, is refused with the limit and the way out',
  async (_, size, limit) => {
    const imagekit = new ImageKit({ privateKey: product.privateKey, baseURL: product.api, maxRetries: 0 });
    const file = await toFile(bytes.subarray(0, size), 'b.bin');

    const refused = await imagekit.files.upload({ file, fileName: 'b.bin' }).catch((error: unknown) => error);

    expect(refused).toMatchObject({ status: 413 });
    expect(String(refused)).toMatch(new RegExp(`${limit} bytes.*POST /v1/uploads.*large-uploads`));
  },
);

import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import ImageKit, { toFile } from '@imagekit/nodejs';
import ImageKit6 from 'imagekit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct } from './product.ts';

/* Uploads of any size in one request, by the SDKs as they are, in the running product with `largeUploads: 'web'`. */
let product: Product;
let client: ImageKit;
let six: ImageKit6;
let folder: string;

/** Above what API Gateway holds. */
const LARGE = 5_000_000;

const HUGE = 200_000_000;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-any-size-'));
  product = await startProduct({
    args: ['--large-uploads', 'web'],
    environment: { VITRINE_STATE: join(folder, 'state') },
  });
  const { api: baseURL, publicKey, privateKey, urlEndpoint } = product;
  client = new ImageKit({ privateKey, baseURL, maxRetries: 0, timeout: 600_000 });
  six = new ImageKit6({ publicKey, privateKey, urlEndpoint, uploadEndpoint: `${baseURL}/api/v1/files/upload` });
});

afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const digestOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

async function delivered(path: string): Promise<string> {
  const answer = await fetch(`${product.urlEndpoint}${path}`);
  expect(answer.status).toBe(200);
  return digestOf(await answer.bytes());
}

/** The parts of one upload, in the order in which they are to be sent. */
function post(parts: readonly (readonly [string, string | Blob])[], headers: Record<string, string> = {}) {
  const form = new FormData();
  for (const [name, value] of parts) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, 'sent.bin');
  }
  const authorization = `Basic ${Buffer.from(`${product.privateKey}:`).toString('base64')}`;
  return fetch(`${product.api}/api/v1/files/upload`, {
    method: 'POST',
    headers: { authorization, ...headers },
    body: form,
  });
}

/** Parts, and objects below `uploads/`, that the storage has now. */
async function leftovers(): Promise<unknown[]> {
  using database = new DatabaseSync(join(folder, 'state', 'data', 's3', 'metadata.db'), { readOnly: true });
  const read = (sql: string) => database.prepare(sql).all();
  return [
    ...read('SELECT key, number FROM parts JOIN uploads ON parts.upload = uploads.id'),
    ...read("SELECT key, version_id FROM objects WHERE key LIKE 'uploads/%' AND marker = 0"),
  ];
}

/** What the receiver says of itself in the log of functions. */
const receiverLog = () =>
  readFileSync(join(folder, 'state', 'log', 'functions.log'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('LargeUploads'));

const peakMegabytes = () =>
  Math.max(
    ...receiverLog()
      .flatMap((line) => /Max Memory Used: (\d+) MB/.exec(line)?.[1] ?? [])
      .map(Number),
  );

it('200 MB by @imagekit/nodejs 7 as a stream and as bytes and by imagekit 6, in at most 200 MB of memory', async () => {
  const bytes = randomBytes(HUGE);
  writeFileSync(join(folder, 'film.bin'), bytes);
  const place = { folder: '/films', useUniqueFileName: false };

  const seven = await client.files.upload({
    ...{ file: createReadStream(join(folder, 'film.bin')), fileName: 'seven.bin', ...place },
  });
  const asBytes = await client.files.upload({
    ...{ file: await toFile(bytes, 'bytes.bin'), fileName: 'bytes.bin', ...place },
  });
  const bySix = await six.upload({ file: bytes, fileName: 'six.bin', ...place });

  expect(seven).toMatchObject({ filePath: '/films/seven.bin', size: HUGE, fileType: 'non-image' });
  expect(asBytes).toMatchObject({ filePath: '/films/bytes.bin', size: HUGE });
  expect(bySix).toMatchObject({ filePath: '/films/six.bin', size: HUGE, fileType: 'non-image' });
  expect(await delivered('/films/seven.bin')).toBe(digestOf(bytes));
  expect(await delivered('/films/bytes.bin')).toBe(digestOf(bytes));
  // A process of Node alone has some forty.
  expect(peakMegabytes()).toBeGreaterThan(40);
  expect(peakMegabytes()).toBeLessThanOrEqual(200);
}, 300_000);

it.each(['first', 'in the middle', 'last'])('the file may be %s in the form', async (place) => {
  const bytes = randomBytes(LARGE);
  const fileName = `${place.replaceAll(' ', '-')}.bin`;
  const fields = [
    ['fileName', fileName],
    ['folder', '/places'],
    ['tags', 'a,b'],
    ['useUniqueFileName', 'false'],
  ] as const;
  const at = { first: 0, 'in the middle': 2, last: 4 }[place] ?? 0;

  const answer = await post([...fields.slice(0, at), ['file', new Blob([bytes])], ...fields.slice(at)]);

  expect(await answer.json()).toMatchObject({ filePath: `/places/${fileName}`, size: LARGE, tags: ['a', 'b'] });
  expect(await delivered(`/places/${fileName}`)).toBe(digestOf(bytes));
});

it('a picture is examined, described and checked as in a small upload', async () => {
  const { default: sharp } = await import('sharp');
  const noise = {
    create: {
      width: 1400,
      height: 1300,
      channels: 3 as const,
      noise: { type: 'gaussian' as const, mean: 128, sigma: 60 },
    },
  };
  const picture = await sharp({ ...noise, create: { ...noise.create, background: 'white' } })
    .png({ compressionLevel: 0 })
    .toBuffer();
  expect(picture.byteLength).toBeGreaterThan(LARGE);
  const uploaded = await client.files.upload({
    ...{ file: await toFile(picture, 'noise.png'), fileName: 'noise.png', folder: '/pictures' },
    ...{ responseFields: ['metadata'], checks: '"mediaMetadata.width" = 1400' },
  });

  expect(uploaded).toMatchObject({ fileType: 'image', width: 1400, height: 1300, metadata: { format: 'png' } });
  const small = await fetch(`${product.urlEndpoint}${uploaded.filePath}?tr=w-20`);
  expect(small.status).toBe(200);
  await expect(
    client.files.upload({ file: await toFile(picture, 'n.png'), fileName: 'n.png', checks: '"file.size" < "1mb"' }),
  ).rejects.toMatchObject({ status: 400, error: { code: 'upload.check-failed' } });
});

it('base64 text is decoded while it comes, with and without the head of a data URI', async () => {
  const bytes = randomBytes(LARGE);
  const base64 = bytes.toString('base64');
  const names = ['plain.bin', 'uri.bin'];
  for (const [at, file] of [base64, `data:application/x-film;base64,${base64}`].entries()) {
    const fileName = names[at] ?? '';
    const uploaded = await client.files.upload({ file, fileName, folder: '/text', useUniqueFileName: false });
    expect(uploaded.size).toBe(LARGE);
    expect(await delivered(`/text/${fileName}`)).toBe(digestOf(bytes));
  }
});

it('a small stream is an upload like any other', async () => {
  writeFileSync(join(folder, 'small.txt'), 'small');
  const uploaded = await client.files.upload({
    ...{ file: createReadStream(join(folder, 'small.txt')), fileName: 'small.txt', folder: '/small' },
  });

  expect(uploaded).toMatchObject({ size: 5, fileType: 'non-image' });
});

const FILE = ['file', new Blob([new Uint8Array(LARGE)])] as const;
const NAME = ['fileName', 'refused.bin'] as const;

it.each([
  [
    'a key of nobody, before the file is read',
    [NAME, FILE],
    { authorization: `Basic ${btoa('nobody:')}` },
    403,
    'key.unknown',
  ],
  ['a form that nobody signed, at its end', [FILE, NAME], { authorization: '' }, 401, 'key.missing'],
  ['a parameter that is wrong, at its end', [FILE, NAME, ['tags', 'a%b']], {}, 400, 'upload.invalid-parameter'],
  ['a form without a name for the file', [FILE], {}, 400, 'upload.missing-parameter'],
  ['two files', [NAME, FILE, FILE], {}, 400, 'upload.invalid-parameter'],
  ['text that stands for no file', [NAME, ['file', '§'.repeat(LARGE)]], {}, 400, 'upload.invalid-parameter'],
] as const)('%s: refused, and nothing stays', async (_, parts, headers, status, code) => {
  const { authorization, ...others } = headers as { authorization?: string };
  const answer = await post(parts, authorization === undefined ? others : { ...others, authorization });

  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code]);
  expect(await leftovers()).toEqual([]);
});

it('a connection that breaks off leaves neither parts nor a file', async () => {
  const { hostname, port } = new URL(product.api);
  const broken = request({
    ...{ host: hostname, port, method: 'POST', path: '/api/v1/files/upload', auth: `${product.privateKey}:` },
    headers: { 'content-type': 'multipart/form-data; boundary=b', 'content-length': 60_000_000 },
  });
  broken.on('error', () => {});
  broken.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n');
  for (let sent = 0; sent < 30; sent++) {
    broken.write(new Uint8Array(1_000_000));
    await pause(10);
  }
  broken.destroy();

  await expect.poll(leftovers, { timeout: 10_000 }).toEqual([]);
});

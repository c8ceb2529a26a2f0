import { readFileSync } from 'node:fs';
import ImageKit, { toFile } from '@imagekit/nodejs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { timeAtLoad } from '../time-at-load.ts';
import { drawPhoto } from './pictures.ts';
import { type Product, running, startProduct } from './product.ts';

/* A person's first minutes with the product, all of it running: official SDK, API, functions, stores, CDN. */
let product: Product;
let photo: Buffer;
let url: string;

beforeAll(async () => {
  [product, photo] = await Promise.all([startProduct(), drawPhoto(3000, 2000)]);
});

afterAll(() => product?.stop());

const read = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return ''; // It ended meanwhile.
  }
};

const residentMegabytes = (pid: number): number =>
  Number(/^VmHWM:\s+(\d+) kB$/m.exec(read(pid, 'status'))?.[1] ?? 0) / 1024;

const FONT = new URL(
  '../../node_modules/@expo-google-fonts/monoton/400Regular/Monoton_400Regular.ttf',
  import.meta.url,
);

/** Asks as a browser would: nothing but the formats that it takes. */
async function get(address: string, accept = 'image/jpeg') {
  const response = await fetch(address, { headers: { accept } });
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    cache: response.headers.get('x-cache'),
    timing: response.headers.get('server-timing') ?? '',
    bytes,
  };
}

it('takes a photo of 4 MB from the official SDK, which is told another base URL and nothing else', async () => {
  const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api });

  const answer = await client.files.upload({ file: await toFile(photo, 'photo.jpg'), fileName: 'photo.jpg' });

  expect(photo.byteLength).toBeGreaterThan(3_500_000);
  expect(answer).toMatchObject({ width: 3000, height: 2000, size: photo.byteLength, fileType: 'image' });
  expect(answer.url?.startsWith(`${product.urlEndpoint}/photo`)).toBe(true);
  url = answer.url ?? '';
});

describe('the photo', () => {
  it.each([
    ['image/avif,image/webp,*/*', 'image/avif', 'heif'],
    ['image/webp,*/*', 'image/webp', 'webp'],
    ['*/*', 'image/jpeg', 'jpeg'],
  ])('is 400 pixels wide for Accept: %s, as %s', async (accept, type, format) => {
    const answer = await get(`${url}?tr=w-400`, accept);

    expect(answer).toMatchObject({ status: 200, type });
    expect(answer.timing).toMatch(/cache;desc=miss/);
    expect(await sharp(answer.bytes).metadata()).toMatchObject({ width: 400, height: 267, format });
  });

  it('comes from the cache when it is asked for again', async () => {
    const first = await get(`${url}?tr=w-300`);
    const second = await get(`${url}?tr=w-300`);

    expect(first.cache).toBe('Miss from cloudfront');
    expect(second.cache).toBe('Hit from cloudfront');
    expect(second.timing).toMatch(/cache;desc=hit/);
    expect(second.bytes.equals(first.bytes)).toBe(true);
  });

  it('is given back untouched', async () => {
    expect((await get(`${url}?tr=orig-true`)).bytes.equals(photo)).toBe(true);
  });
});

it('delivers the sample pictures at the links that it prints', async () => {
  const links = product.output().match(/http:\/\/localhost:\d+\/\S*samples\S+/g) ?? [];
  const answers = await Promise.all(links.map((link) => get(link)));

  expect(links).toHaveLength(3);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
});

it('sets text in its own fonts, and in one that was uploaded', async () => {
  const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api });
  const font = await toFile(readFileSync(FONT), 'stencil.ttf');
  await client.files.upload({ file: font, fileName: 'stencil.ttf', folder: '/fonts', useUniqueFileName: false });
  const write = async (font: string) => {
    const answer = await get(`${url}?tr=w-400,f-png:l-text,i-Vitrine,fs-60,ff-${font},co-FFFFFF,l-end`);
    expect(answer).toMatchObject({ status: 200, type: 'image/png' });
    return answer.bytes;
  };

  const [plain, builtIn, own] = await Promise.all(['Open_Sans', 'Monoton', 'fonts@@stencil.ttf'].map(write));

  expect(builtIn?.equals(plain ?? Buffer.alloc(0))).toBe(false);
  expect(own?.equals(builtIn ?? Buffer.alloc(0))).toBe(true);
});

it('lets nobody but the CDN call the transformer (ACL-007)', async () => {
  const [transformer = ''] = /http:\/\/127\.0\.0\.1:\d+\//.exec(product.output()) ?? [];

  expect((await fetch(transformer)).status).toBe(403);
  expect((await fetch(`${transformer}photo.jpg?tr=w-400`)).status).toBe(403);
});

it('renders 20 variants 20 times when they are asked for 200 times at once', async () => {
  const links = Array.from({ length: 200 }, (_, index) => `${url}?tr=w-${100 + (index % 20)}`);
  const answers = await Promise.all(links.map((link) => get(link)));

  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  expect(answers.filter(({ timing }) => /cache;desc=miss/.test(timing))).toHaveLength(20);
});

it('keeps its memory, though its transformer collects garbage rarely', async () => {
  const transformers = product.descendants().filter((pid) => /FUNCTION_NAME=\S*transform/i.test(read(pid, 'environ')));
  const links = Array.from({ length: 24 }, (_, index) => `${url}?tr=w-${1800 + index},rt-3:bl-2:r-20,f-jpg`);
  let most = 0;
  for (const link of links) {
    expect((await get(link)).status).toBe(200);
    for (const pid of transformers) most = Math.max(most, residentMegabytes(pid));
  }

  expect(most).toBeGreaterThan(50);
  expect(most).toBeLessThan(450);
});

it('has used its functions, and leaves no process behind when it is stopped', async () => {
  const pids = product.descendants();
  expect(pids.length).toBeGreaterThan(2);
  const began = performance.now();

  const code = await product.stop('SIGINT');

  expect(code).toBe(0);
  expect(performance.now() - began).toBeLessThan(timeAtLoad(5000));
  await expect.poll(() => running(pids)).toEqual([]);
});

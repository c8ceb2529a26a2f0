import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { UPLOAD_PATHS } from '../lambda/contract/routes.ts';
import { drawPhoto } from '../test/product/pictures.ts';
import { type Product, startProduct } from '../test/product/product.ts';
import type { Proof } from './proof.ts';
import { pickFrom, type Random, randomFrom } from './random.ts';

const AT_ONCE = 6;

/** Paths that are uploaded to again and again; a file has at most 100 versions. */
const PATHS = 1000;

/** Statuses that say "not now", and how often a request is asked that gets one. */
const FOR_A_WHILE = [429, 503, 504];
const ATTEMPTS = 20;

const SAMPLE = '/samples/harbour.jpg';

/** One request of a long day. @returns the status */
type Ask = (product: Product, random: Random, photos: readonly Buffer[]) => Promise<number>;

/**
 * How many of a hundred requests are of each kind: most are hits of the CDN, as on a real site. New pictures are small: the
 * local CDN keeps 256 MB of answers, and large ones would fill that for hours.
 */
const DAY: readonly (readonly [number, Ask])[] = [
  [86, ({ media }, random) => statusOf(`${media}${SAMPLE}?tr=w-${100 + 10 * random(20)}`)],
  [3, ({ media }, random) => statusOf(`${media}${SAMPLE}?tr=w-${1 + random(64)},h-${1 + random(64)}`)],
  [4, upload],
  [3, (product, random) => ask(product, `/v1/metadata?url=${pictureUrl(product, random)}`)],
  [2, (product, random) => ask(product, `/v1/explain?url=${pictureUrl(product, random)}`)],
  [2, (product) => ask(product, '/v1/accounts/url-endpoints')],
];

/** The largest resident memory of each kind of process, in kilobytes. */
type Memory = Map<string, number>;

/** Heaps grow for the first hundreds of requests, to the size that the engine gives them. */
const WARM_UP = 600;

/** Requests of a tenth from which on chance has no part in it: some dozens of the uploads that take most are among them. */
const FAIR_TENTH = 1000;

/**
 * What the last tenth may hold, in percent of the first. In the small size a tenth has two or three uploads, of which six of
 * the largest at once take 60 MB for a moment.
 */
const allowedPercent = (requests: number): number => (requests / 10 < FAIR_TENTH ? 150 : 120);

/** A process that holds ten megabytes has a quarter more with one page cache more. */
const NOTHING_KILOBYTES = 8 * 1024;

/** The whole product in use for long. What grows with every request is seen here, whoever holds it. */
export const SOAK: Proof<{ requests: number }> = {
  name: 'soak',
  sentence:
    'No process of the product holds much more memory at the end of a long run than it held in its first tenth.',
  small: { requests: 600 },
  full: { requests: 200_000 },
  async run({ requests }, seed, report) {
    const random = randomFrom(seed);
    const percent = allowedPercent(requests);
    await using product = await startProduct();
    const photos = await drawPhotos();
    await load(product, random, photos, WARM_UP);
    const tenths: Memory[] = [];
    for (let tenth = 1; tenth <= 10; tenth++) {
      tenths.push(await load(product, random, photos, requests / 10));
      report(`${tenth} of 10 parts of ${requests} requests: ${listed(tenths.at(-1) as Memory)}`);
    }
    const [first, last] = [tenths[0], tenths[9]] as [Memory, Memory];
    const growth = [...first].map(([kind, kilobytes]) => [kind, percentOf(last.get(kind), kilobytes)] as const);
    const isMore = (kind: string) => (last.get(kind) ?? 0) - (first.get(kind) ?? 0) > NOTHING_KILOBYTES;
    expect(
      growth.filter(([kind, grown]) => grown > percent && isMore(kind)),
      `first ${listed(first)}; last ${listed(last)}`,
    ).toEqual([]);
    const counted = growth.map(([kind, grown]) => [`percent of its first memory, ${kind}`, grown] as const);
    return { requests, ...Object.fromEntries(counted) };
  },
};

/** From a small one to one as a telephone takes it. */
function drawPhotos(): Promise<Buffer[]> {
  const sizes = [
    [320, 240],
    [1200, 900],
    [2000, 1500],
    [3000, 2000],
  ] as const;
  return Promise.all(sizes.map(([width, height], index) => drawPhoto(width, height, index + 1)));
}

/** Sends so many requests; looks at the memory after every fiftieth of them. */
async function load(product: Product, random: Random, photos: readonly Buffer[], count: number): Promise<Memory> {
  const memory: Memory = new Map();
  let sent = 0;
  const worker = async (): Promise<void> => {
    while (sent < count) {
      if (sent++ % Math.ceil(count / 50) === 0) look(product, memory);
      const status = await answered(product, random, photos);
      if (status >= 400) throw new Error(`A request was answered ${status}.`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  look(product, memory);
  return memory;
}

/** Above the API's rate, or on a machine that has no time to render, a request is refused for a while, and asked again. */
async function answered(product: Product, random: Random, photos: readonly Buffer[]): Promise<number> {
  const request = pickKind(random);
  for (let attempt = 1; ; attempt++) {
    const status = await request(product, random, photos);
    if (!FOR_A_WHILE.includes(status) || attempt === ATTEMPTS) return status;
    await pause(100 * attempt);
  }
}

function pickKind(random: Random): Ask {
  let left = random(100);
  for (const [share, request] of DAY) {
    if (left < share) return request;
    left -= share;
  }
  throw new Error('The shares of the requests are not a hundred.');
}

async function upload(product: Product, random: Random, photos: readonly Buffer[]): Promise<number> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(pickFrom(random, photos))]), 'photo.jpg');
  form.set('fileName', `photo-${random(PATHS)}.jpg`);
  form.set('useUniqueFileName', 'false');
  return ask(product, UPLOAD_PATHS[0], { method: 'POST', body: form });
}

const pictureUrl = ({ media }: Product, random: Random): string =>
  encodeURIComponent(`${media}${SAMPLE}?tr=w-${100 + 10 * random(20)}`);

const ask = (product: Product, path: string, init: RequestInit = {}): Promise<number> =>
  statusOf(product.api + path, {
    ...init,
    headers: { authorization: `Basic ${Buffer.from(`${product.privateKey}:`).toString('base64')}` },
  });

async function statusOf(url: string, init: RequestInit = {}): Promise<number> {
  const response = await fetch(url, init);
  await response.arrayBuffer();
  return response.status;
}

function look(product: Product, memory: Memory): void {
  for (const pid of [product.pid, ...product.descendants()]) {
    const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(fileOf(pid, 'status'))?.[1] ?? 0);
    const kind = pid === product.pid ? 'program' : kindOf(pid);
    if (kind && kilobytes) memory.set(kind, Math.max(kilobytes, memory.get(kind) ?? 0));
  }
}

/** A function's name without what the deployment and CloudFormation add; undefined for a child of a function. */
function kindOf(pid: number): string | undefined {
  const command = fileOf(pid, 'cmdline');
  if (command.includes('dynoxide')) return 'DynamoDB server';
  if (command.includes('guard-main')) return 'guard';
  if (!command.includes('aws-lambda-ric')) return undefined;
  return /AWS_LAMBDA_FUNCTION_NAME=.*?-(\w+?)Function\w*/.exec(fileOf(pid, 'environ'))?.[1];
}

/** Empty for a process that has ended meanwhile. */
function fileOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
}

const percentOf = (part = 0, whole: number): number => Math.round((100 * part) / whole);

const listed = (memory: Memory): string =>
  [...memory].map(([kind, kilobytes]) => `${kind} ${Math.round(kilobytes / 1024)} MB`).join(', ');

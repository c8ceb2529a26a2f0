import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

export interface Photo {
  readonly name: string;
  readonly bytes: Buffer;
  /** Upright. */
  readonly size: { readonly width: number; readonly height: number };
}

/**
 * The pictures to measure with: every JPEG in the folder that BENCH_PHOTOS names (use real photographs for figures that
 * matter), or else pictures that this file draws: noise in octaves, whose spectrum falls like a photograph's.
 */
export async function benchmarkPhotos(): Promise<Photo[]> {
  const files = await benchmarkFiles();
  return Promise.all(
    files.map(async ({ name, bytes }) => ({ name, bytes, size: (await sharp(bytes).metadata()).autoOrient })),
  );
}

/** What was measured with, in a line. */
export function corpusOf(photos: readonly Photo[]): string {
  const each = photos.map(({ name, bytes, size }) => {
    return `${name} (${size.width} x ${size.height}, ${(bytes.length / 1e6).toFixed(1)} MB)`;
  });
  return `${process.env.BENCH_PHOTOS ? 'Photographs' : 'Drawn pictures'}: ${each.join(', ')}`;
}

async function benchmarkFiles(): Promise<Pick<Photo, 'name' | 'bytes'>[]> {
  const folder = process.env.BENCH_PHOTOS;
  if (folder) {
    return readdirSync(folder)
      .filter((name) => /\.jpe?g$/i.test(name))
      .sort()
      .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
  }
  return [
    { name: 'drawn-2040.jpg', bytes: await drawPhoto(2040, 1360, 1) },
    { name: 'drawn-12mp.jpg', bytes: await drawPhoto(4000, 3000, 2) },
  ];
}

/** Octaves: side of a noise cell in pixels, and the share of the octave in the sum. */
const OCTAVES = [
  { cell: 512, share: 0.5 },
  { cell: 64, share: 0.28 },
  { cell: 8, share: 0.14 },
  { cell: 2, share: 0.08 },
] as const;

async function drawPhoto(width: number, height: number, seed: number): Promise<Buffer> {
  return sharp(await drawNoise(width, height, seed), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92, chromaSubsampling: '4:2:0' })
    .toBuffer();
}

/** Pixels of three channels. */
export async function drawNoise(width: number, height: number, seed: number): Promise<Buffer> {
  const random = generator(seed);
  const sum = new Float32Array(width * height * 3);
  for (const { cell, share } of OCTAVES) {
    const octave = await noise(width, height, cell, random);
    for (let index = 0; index < sum.length; index++) sum[index] = (sum[index] ?? 0) + (octave[index] ?? 0) * share;
  }
  const pixels = Buffer.alloc(sum.length);
  for (let index = 0; index < sum.length; index++) {
    pixels[index] = Math.min(255, Math.max(0, ((sum[index] ?? 0) - 128) * 1.8 + 128));
  }
  return pixels;
}

async function noise(width: number, height: number, cell: number, random: () => number): Promise<Buffer> {
  const columns = Math.ceil(width / cell) + 1;
  const rows = Math.ceil(height / cell) + 1;
  const cells = Buffer.alloc(columns * rows * 3);
  for (let index = 0; index < cells.length; index++) cells[index] = random() * 256;
  return sharp(cells, { raw: { width: columns, height: rows, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
}

/** Mulberry32: the same pictures on every machine. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

import sharp from 'sharp';
import { LIMITS } from '../../../contract/limits.ts';
import { run } from '../engine.ts';
import { chunksOf, PNG_SIGNATURE } from './png-chunks.ts';
import type { Curve } from './transfer-curves.ts';

/** Chunks that say something about samples of 16 bits, or are the samples. */
const REPLACED = new Set(['IHDR', 'IDAT', 'IEND', 'tRNS', 'sBIT', 'bKGD', 'hIST']);

const DEEP = 65_536;

/**
 * A PNG with 16 bits of grey as one with 8, in sRGB: sharp converts no colours of such a picture.
 * @param bytes without chunks about colours
 * @param curve how its samples become light
 * @returns the same bytes when the picture is too large to be looked at
 */
export async function inShallowGrey(bytes: Buffer, curve: Curve): Promise<Buffer> {
  const options = { limitInputPixels: LIMITS.sourcePixels, failOn: 'error' } as const;
  const { width, height } = await sharp(bytes, { ...options, limitInputPixels: false }).metadata();
  if (width * height > LIMITS.sourcePixels) return bytes;
  const image = sharp(bytes, options).toColourspace('grey16').raw({ depth: 'ushort' });
  const { data, info } = await run(image, 'source');
  const { channels } = info;
  if (channels > 2) return bytes;
  const samples = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
  const raw = { width, height, channels: channels as 1 | 2 };
  const shallow = sharp(inSrgb(samples, channels, curve), { raw }).toColourspace('b-w');
  return withChunks((await run(shallow.png({ compressionLevel: 1 }), 'memory')).data, bytes);
}

function inSrgb(samples: Uint16Array, channels: number, curve: Curve): Buffer {
  const table = Uint8Array.from({ length: DEEP }, (_, sample) => Math.round(255 * encoded(light(sample, curve))));
  const shallow = Buffer.alloc(samples.length);
  for (let at = 0; at < samples.length; at++) {
    const sample = samples[at] as number;
    shallow[at] = at % channels === 0 ? (table[sample] as number) : sample >>> 8;
  }
  return shallow;
}

function light(sample: number, curve: Curve): number {
  const stored = sample / (DEEP - 1);
  return typeof curve === 'number' ? stored ** curve : curve(stored);
}

/** IEC 61966-2-1, from light. */
const encoded = (value: number): number =>
  value <= 0.0031308 ? 12.92 * value : Math.min(1, 1.055 * value ** (1 / 2.4) - 0.055);

/** The picture, with everything else that the file says. */
function withChunks(picture: Buffer, file: Buffer): Buffer {
  const pixels = [...chunksOf(picture)].filter(({ type }) => ['IHDR', 'IDAT', 'IEND'].includes(type));
  const others = [...chunksOf(file)].filter(({ type, end }) => !REPLACED.has(type) && end <= file.length);
  const [header, ...rest] = pixels.map(({ start, end }) => picture.subarray(start, end));
  const said = others.map(({ start, end }) => file.subarray(start, end));
  return Buffer.concat([PNG_SIGNATURE, header as Buffer, ...said, ...rest]);
}

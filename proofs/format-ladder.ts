import { ENGINE_VERSION } from '../lambda/contract/engine-version.ts';
import { deliverImage } from '../lambda/core/delivery/deliver-image.ts';
import { readMediaUrl } from '../lambda/core/delivery/media-url.ts';
import { sha256Hex } from '../lambda/core/kernel/sha256.ts';
import { fitsOutput } from '../lambda/core/render/picture/guard-output.ts';
import { render } from '../lambda/core/render/render.ts';
import type { FormatClass } from '../lambda/core/request/format-class.ts';
import { variantPath } from '../lambda/core/request/variant-key.ts';
import { deps, forgetAll, keep, NO_HINTS, originals } from '../test/core/delivery/memory-delivery.ts';
import { largeJpeg, type Surface, sidesOf } from '../test/images/large-pictures.ts';
import type { Counts, Proof } from './proof.ts';

const MEGAPIXELS = [12, 20, 24, 36, 50, 100];
const SURFACES: readonly Surface[] = ['noise', 'smooth'];
const CLASSES: readonly FormatClass[] = ['avif', 'webp', 'plain'];

/** Milliseconds of an answer: a render's limit, and what a busy machine takes besides. */
const LONGEST = 6000;

interface Sizes {
  readonly [name: string]: number;
  readonly largestMegapixels: number;
}

interface Answer {
  readonly status: number;
  readonly milliseconds: number;
  readonly outcome: string;
}

/** Photographs of every size are answered in time, whatever the client shows; no format of our choice is a refusal. */
export const FORMAT_LADDER: Proof<Sizes> = {
  name: 'format-ladder',
  sentence: 'A photograph of any size is answered in time for every client, never refused for a format that we chose.',
  small: { largestMegapixels: 12 },
  full: { largestMegapixels: 100 },
  async run({ largestMegapixels }, _seed, report) {
    const counts: Record<string, number> = {};
    for (const megapixels of MEGAPIXELS.filter((size) => size <= largestMegapixels)) {
      for (const surface of SURFACES) {
        report(`${megapixels} megapixels, ${surface}`);
        await tryPicture(megapixels, surface, counts);
      }
    }
    return counts satisfies Counts;
  },
};

async function tryPicture(megapixels: number, surface: Surface, counts: Record<string, number>): Promise<void> {
  forgetAll();
  const { width, height } = sidesOf(megapixels);
  const source = await largeJpeg(megapixels, surface);
  const { objectKey } = keep('/a.jpg', '', { width, height, size: source.byteLength });
  originals.set(objectKey, source);
  const resized = `tr=w-${Math.min(7000, Math.round(width * 0.9))}`;
  for (const query of ['', resized]) {
    for (const accepts of CLASSES) {
      const answer = await answerTo(query, accepts);
      judge(answer, query === '' ? [200] : [200, 504], `${megapixels} MP, ${surface}, "${query}", ${accepts}`);
      count(counts, `${query ? 'resized' : 'plain'}, ${accepts}: ${answer.outcome}`);
    }
    const fixed = query ? `${query},f-avif` : 'tr=f-avif';
    const answer = await answerTo(fixed, 'plain');
    const isOver = query === '' && !fitsOutput({ width, height }, 1);
    judge(answer, isOver ? [400] : [200, 503, 504], `${megapixels} MP, ${surface}, "${fixed}"`);
    count(counts, `${query ? 'resized' : 'plain'}, fixed: ${answer.outcome}`);
  }
}

async function answerTo(query: string, accepts: FormatClass): Promise<Answer> {
  const url = readMediaUrl('/a.jpg', query);
  const started = performance.now();
  const { status, headers, body, stored } = await deliverImage(deps({ render }), {
    method: 'GET',
    path: variantPath(url, url.fixedFormat ? 'plain' : accepts, 'open', 'default', ENGINE_VERSION, sha256Hex),
    asked: { host: 'media.example.com', path: '/a.jpg', query },
    hints: NO_HINTS,
  });
  const milliseconds = performance.now() - started;
  // The better encoding has its time: it is no part of what is measured, and must not slow the next one.
  await stored;
  if (body instanceof ReadableStream) await body.cancel();
  const made = headers['x-vitrine-fallback'] ? 'the file' : (headers['content-type']?.slice('image/'.length) ?? '');
  return { status, milliseconds, outcome: status === 200 ? made : String(status) };
}

function judge({ status, milliseconds }: Answer, allowed: readonly number[], what: string): void {
  if (!allowed.includes(status)) throw new Error(`${what} was answered ${status}`);
  if (milliseconds > LONGEST) throw new Error(`${what} took ${Math.round(milliseconds)} ms`);
}

function count(counts: Record<string, number>, outcome: string): void {
  counts[outcome] = (counts[outcome] ?? 0) + 1;
}

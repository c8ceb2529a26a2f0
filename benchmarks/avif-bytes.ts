import type { OutputFormat, Plan } from '../lambda/core/plan/plan.ts';
import type { EncodingCare } from '../lambda/core/render/output/better-encoding.ts';
import { render } from '../lambda/core/render/render.ts';
import { cpuOf, median, table } from './measure.ts';
import type { Photo } from './photos.ts';
import { canScore, score } from './score.ts';

const WIDTH = 512;
/** At which WebP's encoder is told 80, the number that others mean by "q80". */
const WEBP_80 = 72;
/** Between them lies the quality at which AVIF scores what that WebP does. */
const QUALITIES = [50, 60, 70, 80, 90];

interface Point {
  readonly score: number;
  readonly bytes: number;
}

/**
 * AVIF beside WebP of its encoder's quality 80, from the same pixels: what the first answer costs, what the better picture
 * that replaces it costs, and how many bytes each has where it scores the same. In this process, without HTTP or storage.
 */
export async function avifBytes(photos: readonly Photo[]): Promise<string> {
  const rows: number[][] = [];
  for (const { bytes } of photos) {
    const make: Make = (format, quality, care = 'first') =>
      render(bytes, planOf(format, quality), 'avif', undefined, undefined, care);
    const webp = await cpuOf(() => make('webp', WEBP_80));
    const first = await cpuOf(() => make('avif', WEBP_80));
    const better = await cpuOf(() => make('avif', WEBP_80, 'normal'));
    const ratios = canScore ? await bytesOfEqualScore(make, webp.result.bytes) : [];
    rows.push([webp.cpu, first.cpu, better.cpu, ...ratios]);
  }
  const head = [
    `to ${WIDTH} pixels`,
    'WebP 80, CPU ms',
    'AVIF first, CPU ms',
    'AVIF better, CPU ms',
    ...(canScore ? ['first, bytes', 'better, bytes'] : []),
  ];
  const written = (row: readonly number[]) =>
    row.map((value, column) => (column < 3 ? value.toFixed(1) : shareOfWebp(value)));
  const medians = (rows[0] ?? []).map((_, column) => median(rows.map((row) => row[column] ?? Number.NaN)));
  return table(head, [
    ...rows.map((row, index) => [photos[index]?.name ?? '', ...written(row)]),
    ['median', ...written(medians)],
  ]);
}

type Make = (format: OutputFormat, quality: number, care?: EncodingCare) => ReturnType<typeof render>;

/** Bytes of the first and of the better AVIF, as shares of a WebP's, at the score that the WebP has. */
async function bytesOfEqualScore(make: Make, webp: Uint8Array): Promise<number[]> {
  const pixels = (await make('png', 100)).bytes;
  const pointOf = async (picture: Uint8Array): Promise<Point> => ({
    score: await score(pixels, picture),
    bytes: picture.byteLength,
  });
  const target = await pointOf(webp);
  const curves: Record<'first' | 'better', Point[]> = { first: [], better: [] };
  for (const quality of QUALITIES) {
    curves.first.push(await pointOf((await make('avif', quality)).bytes));
    curves.better.push(await pointOf((await make('avif', quality, 'normal')).bytes));
  }
  return [curves.first, curves.better].map((curve) => bytesAt(curve, target.score) / target.bytes);
}

/** A score outside of the measured qualities has no bytes that could be told. */
export const shareOfWebp = (share: number): string =>
  Number.isNaN(share) ? 'outside of what was measured' : `${share.toFixed(2)} of WebP's`;

const planOf = (format: OutputFormat, quality: number): Plan => ({
  original: false,
  steps: [{ width: { kind: 'pixels', value: WIDTH } }],
  output: { format, quality },
  ignored: [],
});

/** Bytes at a score, between the measured points: the logarithm of bytes grows nearly evenly with the score. */
export function bytesAt(curve: readonly Point[], target: number): number {
  for (const [index, upper] of curve.entries()) {
    const lower = curve[index - 1];
    if (!lower || upper.score < target) continue;
    const part = (target - lower.score) / (upper.score - lower.score);
    return Math.exp(Math.log(lower.bytes) + part * (Math.log(upper.bytes) - Math.log(lower.bytes)));
  }
  return Number.NaN;
}

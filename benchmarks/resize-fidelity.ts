import sharp from 'sharp';
import type { Plan } from '../lambda/core/plan/plan.ts';
import { encoderQuality } from '../lambda/core/render/output/quality.ts';
import { render } from '../lambda/core/render/render.ts';
import { cpuOf, median, table } from './measure.ts';
import type { Photo } from './photos.ts';
import { canScore, score } from './score.ts';

const WIDTHS = [400, 512];
const LARGE = 4_000_000;

/** Of all pixels, as sRGB: in the linear pipeline sharp would leave a profile's colours as they are. */
async function linearReference(bytes: Buffer, width: number, height: number): Promise<Buffer> {
  const { data, info } = await sharp(bytes).autoOrient().raw().toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: info })
    .pipelineColourspace('scrgb')
    .resize(width, height, { fit: 'fill' })
    .png()
    .toBuffer();
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const planOf = (width: number): Plan => ({
  original: false,
  steps: [{ width: { kind: 'pixels', value: width } }],
  output: { format: 'webp', quality: 80 },
  ignored: [],
});

/**
 * Our resize beside sharp's own, of large photographs to WebP of one quality: scores against a picture that was scaled in
 * linear light from all of its pixels, and what the difference costs. In this process, without HTTP or storage.
 */
export async function resizeFidelity(photos: readonly Photo[]): Promise<string> {
  const large = photos.filter(({ size }) => size.width * size.height >= LARGE);
  if (large.length === 0) return 'Resize: not measured, no picture has 4 megapixels.';
  const rows: Comparison[] = [];
  for (const photo of large) {
    for (const width of WIDTHS) rows.push(await compareResizes(photo, width));
  }
  const summary = (what: string, of: (values: readonly number[]) => number): Comparison => ({
    what,
    before: of(rows.map(({ before }) => before)),
    after: of(rows.map(({ after }) => after)),
    cost: of(rows.map(({ cost }) => cost)),
  });
  return comparisonTable([...rows, summary('median', median), summary('mean', mean)]);
}

export interface Comparison {
  readonly what: string;
  /** Scores of sharp's own resize and of ours; not numbers without a scorer. */
  readonly before: number;
  readonly after: number;
  /** Our processor time as a ratio to sharp's. */
  readonly cost: number;
}

async function compareResizes({ name, bytes, size }: Photo, width: number): Promise<Comparison> {
  const height = Math.round((size.height * width) / size.width);
  const resized = () => sharp(bytes).autoOrient().resize(width, height, { fit: 'fill' });
  const reference = await linearReference(bytes, width, height);
  const plain = await cpuOf(() =>
    resized()
      .webp({ quality: encoderQuality('webp', 80) })
      .toBuffer(),
  );
  const ours = await cpuOf(async () => (await render(bytes, planOf(width), 'webp')).bytes);
  const [before, after] = [await score(reference, plain.result), await score(reference, ours.result)];
  return { what: `${name} to ${width}`, before, after, cost: ours.cpu / plain.cpu };
}

/** Without a scorer only the cost can be said. */
export function comparisonTable(rows: readonly Comparison[], isScored = canScore): string {
  const scores = ({ before, after }: Comparison) => [before, after, after - before].map((value) => value.toFixed(1));
  return table(
    isScored
      ? ['resize, WebP 80, SSIMULACRA2 against linear light', 'sharp', 'Vitrine', 'gain', 'CPU']
      : ['resize, WebP 80', 'CPU'],
    rows.map((row) => [row.what, ...(isScored ? scores(row) : []), `${row.cost.toFixed(2)}x`]),
  );
}

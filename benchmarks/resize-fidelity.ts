import sharp from 'sharp';
import type { Plan } from '../lambda/core/plan/plan.ts';
import { encoderQuality } from '../lambda/core/render/output/quality.ts';
import { render } from '../lambda/core/render/render.ts';
import { cpuOf, median, table } from './measure.ts';
import type { Photo } from './photos.ts';
import { score } from './score.ts';

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
  const rows: (string | number)[][] = [];
  for (const { name, bytes, size } of photos.filter((photo) => photo.size.width * photo.size.height >= LARGE)) {
    for (const width of WIDTHS) {
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
      rows.push([`${name} to ${width}`, before, after, after - before, ours.cpu / plain.cpu]);
    }
  }
  const columns = [1, 2, 3, 4].map((column) => rows.map((row) => Number(row[column])));
  rows.push(['median', ...columns.map(median)], ['mean', ...columns.map(mean)]);
  return table(
    ['resize, WebP 80, SSIMULACRA2 against linear light', 'sharp', 'Vitrine', 'gain', 'CPU'],
    rows.map(([what = '', before, after, gain, cost]) => [
      what,
      ...[before, after, gain].map((value) => Number(value).toFixed(1)),
      `${Number(cost).toFixed(2)}x`,
    ]),
  );
}

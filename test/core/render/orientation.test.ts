import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { OutputFormat } from '../../../lambda/core/plan/plan.ts';
import { render } from '../../../lambda/core/render/render.ts';
import { maxColourDistance, type Shown, shown } from '../../images/compare.ts';
import { drawScene } from '../../images/scene.ts';
import { type EncodedFormat, onCanvas, privateSource, SECRETS } from '../../images/sources.ts';
import { plan, px } from './plans.ts';

const INPUTS: readonly EncodedFormat[] = ['jpeg', 'png', 'webp', 'avif'];
const OUTPUTS: readonly OutputFormat[] = ['jpeg', 'png', 'webp', 'avif'];
const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8];

/** Two lossy encodings, thinned colours and a resize make this much of a difference at most. */
const SAME_PICTURE = 45;

const scene = drawScene(240, 160);
const upright = await shown(await onCanvas(scene).resize(120, 80).png().toBuffer());

it('would be noticed if a picture came out turned or mirrored', async () => {
  for (const orientation of ORIENTATIONS.slice(1)) {
    const stored = await privateSource(scene, 'png', orientation);
    const asStored = await shown(
      await sharp(stored, { autoOrient: false })
        .resize(120, 80, { fit: 'fill' })
        .withMetadata({ orientation: 1 })
        .png()
        .toBuffer(),
    );

    expect(maxColourDistance(asStored, upright)).toBeGreaterThan(2 * SAME_PICTURE);
  }
});

describe.each(INPUTS)('a private %s', (input) => {
  it.each(ORIENTATIONS)(
    'of orientation %i comes out upright and without metadata in every format',
    async (orientation) => {
      const source = await privateSource(scene, input, orientation);
      for (const format of OUTPUTS) {
        const picture = await render(source, plan([{ width: px(120) }], { format }), 'plain');

        await expectUpright(picture.bytes, upright);
        await expectNoMetadata(picture.bytes);
      }
    },
  );

  it.each([3, 6, 7])('of orientation %i is cut, turned and trimmed in upright coordinates', async (orientation) => {
    const source = await privateSource(scene, input, orientation);
    const corner = { cropMode: 'extract', x: 0, y: 0, width: px(120), height: px(80) } as const;
    const expected = await onCanvas(scene).extract({ left: 0, top: 0, width: 120, height: 80 }).png().toBuffer();

    const cut = await render(source, plan([corner], { format: 'png' }), 'plain');
    const turned = await render(source, plan([{ ...corner, rotate: 90 }], { format: 'png' }), 'plain');

    expect(maxColourDistance(await shown(cut.bytes), await shown(expected))).toBeLessThan(SAME_PICTURE);
    const expectedTurn = await shown(await sharp(expected).rotate(90).png().toBuffer());
    expect(maxColourDistance(await shown(turned.bytes), expectedTurn)).toBeLessThan(SAME_PICTURE);
  });
});

describe('metadata', () => {
  it('is left behind by an automatic format too, also when nothing is asked for', async () => {
    const source = await privateSource(scene, 'jpeg', 1);
    for (const accepts of ['avif', 'webp', 'plain'] as const) {
      const picture = await render(source, plan([]), accepts);

      await expectNoMetadata(picture.bytes);
    }
  });

  it.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    'is kept in %s on demand, except the orientation',
    async (format) => {
      const source = await privateSource(scene, 'jpeg', 6);

      const plain = await render(source, plan([{ width: px(120) }], { format, keepMetadata: true }), 'plain');
      const chained = await render(
        source,
        plan([{ width: px(200) }, { width: px(120), height: px(80), blur: 2 }, { rotate: 180 }, { rotate: 180 }], {
          format,
          keepMetadata: true,
        }),
        'plain',
      );

      for (const { bytes } of [plain, chained]) {
        const metadata = await sharp(bytes).metadata();
        expect(metadata.exif?.toString('latin1')).toContain(SECRETS[0]);
        expect(metadata.xmpAsString).toContain(SECRETS[1]);
        expect(metadata.icc).toBeDefined();
        expect(metadata.orientation ?? 1).toBe(1);
      }
      await expectUpright(plain.bytes, upright);
    },
  );

  it('is not kept by keeping the colour profile', async () => {
    const source = await privateSource(scene, 'jpeg', 6);

    const { bytes } = await render(
      source,
      plan([{ width: px(120) }], { format: 'jpeg', keepColourProfile: true }),
      'plain',
    );

    const metadata = await sharp(bytes).metadata();
    expect(metadata.icc).toBeDefined();
    expect(metadata.exif).toBeUndefined();
    for (const secret of SECRETS) expect(Buffer.from(bytes).includes(secret)).toBe(false);
  });
});

async function expectUpright(bytes: Uint8Array, expected: Shown): Promise<void> {
  const actual = await shown(bytes);
  expect([actual.width, actual.height]).toEqual([expected.width, expected.height]);
  expect(maxColourDistance(actual, expected)).toBeLessThan(SAME_PICTURE);
}

async function expectNoMetadata(bytes: Uint8Array): Promise<void> {
  const { exif, xmp, iptc, icc, orientation, comments } = await sharp(bytes).metadata();
  expect({ exif, xmp, iptc, icc, orientation, comments }).toEqual({});
  const text = Buffer.from(bytes);
  for (const trace of [...SECRETS, 'Exif', 'GPS', 'http://ns.adobe.com', 'ICC_PROFILE']) {
    expect(text.includes(trace), trace).toBe(false);
  }
}

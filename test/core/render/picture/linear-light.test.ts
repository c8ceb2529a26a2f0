import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { linearFrom } from '../../../../lambda/core/render/picture/linear-light.ts';
import { render } from '../../../../lambda/core/render/render.ts';
import { paint } from '../../../images/scene.ts';
import { onCanvas } from '../../../images/sources.ts';
import { plan, px } from '../plans.ts';

describe('the size from which on a picture is scaled in linear light', () => {
  it.each([
    ['12 MP to 512, a quarter', [4000, 3000], [512, 384], [1000, 750]],
    ['12 MP to 300, an eighth', [4000, 3000], [300, 225], [500, 375]],
    ['6 MP to 600, of which half is too much', [3000, 2000], [600, 400], [900, 600]],
    ['4 MP to 512, of which half is too much', [2500, 1700], [512, 348], [768, 522]],
    ['5 MP to 620, half', [2600, 2000], [620, 477], [1300, 1000]],
    ['a small source', [2040, 1360], [512, 341], undefined],
    ['a large result', [4000, 3000], [800, 600], undefined],
    ['a picture nearly as large', [4000, 1001], [1500, 200], undefined],
    ['a strip that hardly shrinks', [4000, 1000], [2000, 150], undefined],
  ] as const)('is known for %s', (_, [width, height], result, between) => {
    const found = linearFrom({ width, height }, { width: result[0], height: result[1] });

    expect(found && [found.width, found.height]).toEqual(between);
  });
});

describe('a large photograph made small', () => {
  /** Fine lines of black and white, 3 pixels each: together half of white's light, which is 188 in sRGB. */
  const lines = onCanvas(
    paint(2600, 1800, 3, (x) => (Math.floor((x * 2600) / 3) % 2 ? [255, 255, 255, 255] : [0, 0, 0, 255])),
  );
  const meanOf = async (bytes: Uint8Array) => (await sharp(bytes).stats()).channels.map(({ mean }) => Math.round(mean));

  it('is nearly as bright as from afar', async () => {
    const source = await lines.clone().png().toBuffer();
    const { bytes } = await render(source, plan([{ width: px(620) }], { format: 'png' }), 'plain');

    for (const mean of await meanOf(bytes)) expect(mean).toBeGreaterThan(150);
  });

  it('is mixed as it is stored where it has transparency', async () => {
    const source = await lines.clone().ensureAlpha(0.999).png().toBuffer();
    const { bytes } = await render(source, plan([{ width: px(620) }], { format: 'png' }), 'plain');

    for (const mean of (await meanOf(bytes)).slice(0, 3)) {
      expect(mean).toBeGreaterThan(120);
      expect(mean).toBeLessThan(135);
    }
  });

  it('has the size asked for, cut as asked for, and what comes after is done as ever', async () => {
    const red = await onCanvas(
      paint(2600, 1800, 3, (x, y) => (x < 0.5 && y < 0.5 ? [200, 40, 40, 255] : [20, 90, 20, 255])),
    )
      .png()
      .toBuffer();
    const box = { width: px(301), height: px(401), focus: 'top_left' } as const;
    const border = { width: 10, colour: { r: 128, g: 128, b: 128, alpha: 1 } };
    const { bytes } = await render(red, plan([{ ...box, border }, { grayscale: true }], { format: 'png' }), 'plain');
    const { data, info } = await sharp(bytes)
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });

    expect([info.width, info.height]).toEqual([321, 421]);
    expect([...data.subarray(0, 3)]).toEqual([128, 128, 128]);
  });
});

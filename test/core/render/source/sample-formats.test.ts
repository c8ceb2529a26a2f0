import { expect, it } from 'vitest';
import { render } from '../../../../lambda/core/render/render.ts';
import { greyTiff } from '../../../images/tiff.ts';
import { plan, px } from '../plans.ts';

const smaller = plan([{ width: px(2) }], { format: 'png' });

it.each([
  [8, 'signed'],
  [16, 'signed'],
  [32, 'signed'],
  [32, 'unsigned'],
  [32, 'float'],
] as const)(
  'a TIFF of %i bits, %s, is refused by name: it does not say what is black and what is white',
  async (bits, format) => {
    await expect(render(greyTiff(bits, format), smaller, 'plain')).rejects.toMatchObject({
      code: 'source.unsupported',
      message: expect.stringContaining('samples'),
    });
  },
);

it.each([8, 16] as const)('a TIFF of %i bits without a sign is a picture', async (bits) => {
  expect(await render(greyTiff(bits, 'unsigned'), smaller, 'plain')).toMatchObject({ width: 2, height: 1 });
});

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { outputSizeAfter } from '../../../lambda/core/plan/geometry/output-size.ts';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';
import { render } from '../../../lambda/core/render/render.ts';
import { plainSteps } from '../plan/arbitrary-steps.ts';

const SOURCE = { width: 120, height: 80 };
const PLACEMENTS = [[], ['w-60', 'h-60'], ['w-40', 'cm-extract', 'h-40'], ['w-70', 'h-70', 'cm-pad_resize'], ['w-300']];
const DECORATIONS = [
  'b-6_FFFFFF',
  'r-10',
  'rt-90',
  'rt-30',
  'o-50',
  'bg-FF0000',
  'bl-4',
  'e-sharpen',
  'e-grayscale',
  'fl-h',
];

const pairs = DECORATIONS.flatMap((first, index) => DECORATIONS.slice(index + 1).map((second) => [first, second]));

describe('the size of a rendering', () => {
  it.each(PLACEMENTS.map((placement) => ({ placement })))(
    'is what the geometry says and what the bytes have, for every two operations after $placement',
    async ({ placement }) => {
      const source = await sharp({ create: { ...SOURCE, channels: 3, background: '#336699' } })
        .png()
        .toBuffer();

      for (const pair of pairs) {
        const plan = readPlan([[...placement, ...pair, 'f-png']]);
        const rendered = await render(source, plan, 'plain');

        const { width, height } = await sharp(rendered.bytes).metadata();
        const expected = plainSteps(plan).reduce((size, step) => outputSizeAfter(step, size), SOURCE);
        const found = { width: rendered.width, height: rendered.height };
        expect({ pair, ...found }).toEqual({ pair, ...expected });
        expect({ pair, width, height }).toEqual({ pair, ...expected });
      }
    },
  );
});

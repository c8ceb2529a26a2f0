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
  it.each([
    ['a high one', 1, 512, [['w-100', 'f-png']], [16, 8192], '16 x 8192 instead of 100 x 51200'],
    ['one without a size', 9000, 4, [['e-grayscale', 'f-png']], [8192, 3], '8192 x 3 instead of 9000 x 4'],
    ['one that is turned', 8192, 400, [['rt-2', 'f-jpg']], [8192, 684], '8192 x 684 instead of 8201 x 686'],
    [
      'one on a canvas',
      2,
      9000,
      [['w-9', 'h-9', 'cm-pad_extract_no_shrink', 'f-png']],
      [8, 8192],
      '8 x 8192 instead of 9 x 9000',
    ],
    ['a wide one', 512, 1, [['h-100', 'f-png']], [8192, 16], '8192 x 16 instead of 51200 x 100'],
    ['one with a border', 1, 512, [['w-100', 'b-6_red', 'f-png']], [27, 8192], '15 x 8180 instead of 100 x 51200'],
    [
      'one that is cut then',
      1,
      512,
      [
        ['w-100', 'f-png'],
        ['w-10', 'h-10'],
      ],
      [10, 10],
      '16 x 8192 instead of 100 x 51200',
    ],
  ] as const)(
    'ends at the limits where only they forbid more, and says so: %s',
    async (_, width, height, steps, made, limited) => {
      const spacer = await sharp({ create: { width, height, channels: 4, background: '#0000' } })
        .png()
        .toBuffer();

      const rendered = await render(spacer, readPlan(steps), 'plain');

      const metadata = await sharp(rendered.bytes).metadata();
      expect([metadata.width, metadata.height, rendered.limited]).toEqual([...made, limited]);
    },
  );

  it('says so of a layer, and where a child process draws', async () => {
    const drawing = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><path d="M0 0h9v9z"/></svg>',
    );
    const spacer = await sharp({ create: { width: 1, height: 512, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const plan = readPlan([['w-50', 'l-image', 'i-s.png', 'w-100', 'l-end', 'f-png']]);

    const rendered = await render(drawing, plan, 'plain', async () => spacer);

    expect([rendered.width, rendered.limited]).toEqual([50, '16 x 8192 instead of 100 x 51200']);
  });

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

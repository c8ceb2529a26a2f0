import { describe, expect, it } from 'vitest';
import type { Step } from '../../../lambda/core/plan/plan.ts';
import { render } from '../../../lambda/core/render/render.ts';
import { expectGolden } from '../../images/golden.ts';
import { sceneIn } from '../../images/sources.ts';
import { plan, px, RED } from './plans.ts';

const BOX = { width: px(120), height: px(90) };

const SOURCES = {
  landscape: await sceneIn('jpeg', 300, 150),
  portrait: await sceneIn('jpeg', 150, 300),
  small: await sceneIn('jpeg', 60, 40),
};

/** The result's size for each source, as the contract states it. */
const STRATEGIES: readonly { step: Step; sizes: Readonly<Record<keyof typeof SOURCES, string>> }[] = [
  { step: { crop: 'maintain_ratio' }, sizes: { landscape: '120x90', portrait: '120x90', small: '120x90' } },
  { step: { crop: 'maintain_ratio_no_enlarge' }, sizes: { landscape: '120x90', portrait: '120x90', small: '53x40' } },
  { step: { crop: 'force' }, sizes: { landscape: '120x90', portrait: '120x90', small: '120x90' } },
  { step: { crop: 'at_max' }, sizes: { landscape: '120x60', portrait: '45x90', small: '60x40' } },
  { step: { crop: 'at_max_enlarge' }, sizes: { landscape: '120x60', portrait: '45x90', small: '120x80' } },
  { step: { crop: 'at_least' }, sizes: { landscape: '180x90', portrait: '120x240', small: '135x90' } },
  { step: { cropMode: 'pad_resize' }, sizes: { landscape: '120x90', portrait: '120x90', small: '120x90' } },
  { step: { cropMode: 'pad_resize_no_enlarge' }, sizes: { landscape: '120x90', portrait: '120x90', small: '120x90' } },
  { step: { cropMode: 'extract' }, sizes: { landscape: '120x90', portrait: '120x90', small: '60x40' } },
  { step: { cropMode: 'pad_extract' }, sizes: { landscape: '120x90', portrait: '120x90', small: '120x90' } },
  {
    step: { cropMode: 'pad_extract_no_shrink' },
    sizes: { landscape: '300x150', portrait: '150x300', small: '120x90' },
  },
];

describe.each(Object.keys(SOURCES) as (keyof typeof SOURCES)[])('on a %s source', (source) => {
  for (const { step, sizes } of STRATEGIES) {
    const name = step.crop ?? step.cropMode;
    it(`${name} gives ${sizes[source]}`, async () => {
      const picture = await render(SOURCES[source], plan([{ ...BOX, ...step }], { format: 'png' }), 'plain');

      expect(`${picture.width}x${picture.height}`).toBe(sizes[source]);
      await expectGolden(`strategy-${name}-${source}`, picture.bytes);
    });
  }
});

describe('what goes with a strategy', () => {
  const extras: Readonly<Record<string, Step>> = {
    'focus-left': { ...BOX, focus: 'left' },
    'focus-bottom_right': { ...BOX, focus: 'bottom_right' },
    'extract-corner': { ...BOX, cropMode: 'extract', x: 30, y: 10 },
    'extract-centre': { ...BOX, cropMode: 'extract', xCenter: 200, yCenter: 80 },
    'extract-opposite-corner': { ...BOX, cropMode: 'extract', x: -10, y: -20 },
    'pad-left-red': {
      ...BOX,
      cropMode: 'pad_extract_no_shrink',
      width: px(330),
      height: px(170),
      focus: 'left',
      background: RED,
    },
    'ratio-alone': { aspectRatio: 1 },
    'dpr-2': { width: px(50), dpr: 2 },
    'fraction-of-width': { width: { kind: 'fraction', value: 0.5 } },
  };
  for (const [name, step] of Object.entries(extras)) {
    it(name, async () => {
      const { bytes } = await render(SOURCES.landscape, plan([step], { format: 'png' }), 'plain');

      await expectGolden(`strategy-${name}`, bytes);
    });
  }
});

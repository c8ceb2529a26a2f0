import { describe, expect, it } from 'vitest';
import type { Step } from '../../../lambda/core/plan/plan.ts';
import { mayRunLong } from '../../../lambda/core/render/may-run-long.ts';
import type { SourceFormat, SourceHeader } from '../../../lambda/core/render/source/header.ts';
import { plan, px, RED } from './plans.ts';

const source = (format: SourceFormat, width: number, height: number, frames = 1) => ({
  header: {
    bytes: Buffer.alloc(0),
    format,
    size: { width, height },
    orientation: 1,
    frames,
    hasAlpha: false,
    colours: 'rgb',
    hasProfile: false,
    deep: false,
  } satisfies SourceHeader,
  frames,
});

const photo = source('jpeg', 4000, 3000);
const web: readonly Step[] = [{ width: px(1600) }];

describe('a render stays in the process', () => {
  it.each([
    ['a photograph for the web', photo, web, {}],
    ['the same as AVIF', photo, web, { format: 'avif' }],
    ['a large camera’s photograph', source('jpeg', 8000, 6000), web, {}],
    ['a small animation', source('gif', 320, 240, 24), [{ width: px(200) }], {}],
    ['a step that will be refused', photo, [{ width: px(9000), height: px(9000) }], { format: 'gif' }],
    ['an effect on a thumbnail', photo, [{ width: px(600), distort: { kind: 'arc', degrees: 90 } }], {}],
  ] as const)('for %s', (_, inspected, steps, output) => {
    expect(mayRunLong(inspected, { plan: plan(steps, output), accepts: 'avif', care: 'first' })).toBe(false);
  });
});

describe('a render is done in a child process', () => {
  it.each([
    ['an SVG', source('svg', 10, 10), [], {}],
    ['an AVIF whose decoder needs much memory', source('avif', 4000, 3000), web, {}],
    ['a hundred megapixels', source('png', 10_000, 10_000), web, {}],
    ['an output of forty megapixels', photo, [{ width: px(8000), height: px(5000) }], { format: 'avif' }],
    ['a large lossless picture', photo, [{ width: px(2000) }], { format: 'webp', lossless: true }],
    ['a large GIF', photo, [{ width: px(2000) }], { format: 'gif' }],
    ['a long animation', source('gif', 500, 500, 400), [{ width: px(400) }], {}],
    ['a distortion of everything', photo, [{ distort: { kind: 'arc', degrees: 90 } }], { format: 'jpeg' }],
    ['many large steps', photo, Array(8).fill({ width: px(6000), height: px(6000), blur: 50 }), { format: 'jpeg' }],
    ['corners of a large picture', photo, [{ width: px(5000), radius: 'max', border: { width: 3, colour: RED } }], {}],
  ] as const)('for %s', (_, inspected, steps, output) => {
    expect(
      mayRunLong(inspected, { plan: plan(steps as readonly Step[], output), accepts: 'plain', care: 'first' }),
    ).toBe(true);
  });

  it('for a better encoding that takes long, of a picture whose first answer does not', () => {
    const asked = { plan: plan(web, { format: 'avif' }), accepts: 'avif' } as const;

    expect(mayRunLong(photo, { ...asked, care: 'first' })).toBe(false);
    expect(mayRunLong(photo, { ...asked, care: 'normal' })).toBe(true);
  });

  it('for the larger branch of a condition', () => {
    const large = { steps: [{ width: px(8000), height: px(5000) }], output: {} };
    const branching = {
      condition: { property: 'w', comparison: 'gt', value: 1 },
      whenTrue: { steps: [], output: {} },
      whenFalse: large,
    };

    const asked = plan([branching as unknown as Step], { format: 'png' });

    expect(mayRunLong(photo, { plan: asked, accepts: 'plain', care: 'first' })).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { OPERATION_STAGES } from '../../../lambda/core/plan/operations/operation.ts';
import type { Step } from '../../../lambda/core/plan/plan.ts';
import { RENDER_STAGES, runSteps } from '../../../lambda/core/render/pipeline.ts';
import { render } from '../../../lambda/core/render/render.ts';
import { readHeader } from '../../../lambda/core/render/source/header.ts';
import { openSource } from '../../../lambda/core/render/source/open-source.ts';
import { cornersOf } from '../../../lambda/core/render/stages/radius.ts';
import { colourAt, maxColourDistance, shown } from '../../images/compare.ts';
import { drawFramed, drawScene, paint } from '../../images/scene.ts';
import { onCanvas, privateSource, sceneIn } from '../../images/sources.ts';
import { plan, px, RED } from './plans.ts';

const jpeg = await sceneIn('jpeg');

async function run(source: Buffer, steps: readonly Step[]) {
  const picture = await openSource(await readHeader(source), 1, false);
  await runSteps(picture, steps, {
    initial: picture.size,
    load: () => Promise.reject(new Error('draws nothing else')),
    noteLimited: () => {},
  });
  return picture;
}

it('has its stages in the order that the operations state', () => {
  const notInAStep = ['source', 'layer', 'encode'];

  expect([...new Set(RENDER_STAGES.map(([of]) => of))]).toEqual(
    OPERATION_STAGES.filter((stage) => !notInAStep.includes(stage)),
  );
});

describe('a plain step', () => {
  it.each<[string, Step]>([
    ['a width', { width: px(60) }],
    ['a crop', { width: px(60), height: px(60) }],
    ['an extract', { cropMode: 'extract', width: px(60), height: px(60), x: 5, y: 5 }],
    ['padding', { width: px(60), height: px(60), cropMode: 'pad_resize' }],
    ['a quarter turn and a flip', { width: px(60), rotate: 90, flip: { horizontal: true, vertical: false } }],
    ['grayscale and contrast', { width: px(60), grayscale: true, contrast: true }],
    ['sharpening and opacity', { width: px(60), sharpen: 50, opacity: 50 }],
    ['a border', { width: px(60), border: { width: 4, colour: RED } }],
  ])('needs one call from the source to the encoder: %s', async (_, step) => {
    expect((await run(jpeg, [step])).isFresh).toBe(true);
  });

  it('of a telephone picture too', async () => {
    const source = await privateSource(drawScene(240, 160), 'jpeg', 6);

    expect((await run(source, [{ width: px(60), height: px(60) }])).isFresh).toBe(true);
  });

  it('needs more when it asks for an order that sharp does not have', async () => {
    expect((await run(jpeg, [{ width: px(60), contrast: true, blur: 4 }])).isFresh).toBe(false);
    expect((await run(jpeg, [{ width: px(60) }, { width: px(30) }])).isFresh).toBe(false);
  });
});

describe('trim', () => {
  it('finds the edges of a large picture on a small copy, and leaves no line of them', async () => {
    const source = await onCanvas(drawFramed(1500, 1000, [250, 250, 250]))
      .png({ compressionLevel: 1 })
      .toBuffer();

    const { bytes, width, height } = await render(source, plan([{ trim: 10 }], { format: 'png' }), 'plain');

    expect(Math.abs(width - 937)).toBeLessThanOrEqual(6);
    expect(Math.abs(height - 625)).toBeLessThanOrEqual(6);
    expect(width).toBeLessThanOrEqual(938);
    // The scene's first pixel is red; the frame's colour would be white.
    expect(colourAt(await shown(bytes), 0, 0)[1]).toBeLessThan(120);
  });

  it('leaves a picture of one colour alone', async () => {
    const plainColour = await onCanvas(drawScene(240, 160))
      .extract({ left: 2, top: 2, width: 8, height: 8 })
      .png()
      .toBuffer();

    expect(await render(plainColour, plan([{ trim: 10 }], { format: 'png' }), 'plain')).toMatchObject({
      width: 8,
      height: 8,
    });
  });

  it('cuts more with a larger threshold', async () => {
    const darkening = paint(240, 160, 3, (x) => Array(3).fill(Math.round(250 - x * 200)));
    const source = await onCanvas(darkening).png().toBuffer();
    const careful = await render(source, plan([{ trim: 5 }], { format: 'png' }), 'plain');
    const generous = await render(source, plan([{ trim: 80 }], { format: 'png' }), 'plain');

    expect(generous.width * generous.height).toBeLessThan(careful.width * careful.height);
  });
});

describe('corners', () => {
  it.each([
    ['max', 100, 60, [30, 30, 30, 30]],
    [[10, 10, 10, 10], 100, 60, [10, 10, 10, 10]],
    [[80, 80, 80, 80], 100, 60, [30, 30, 30, 30]],
    [[0, 'max', 0, 0], 100, 60, [0, 30, 0, 0]],
    [[0, 0, 0, 0], 100, 60, [0, 0, 0, 0]],
    [[60, 0, 0, 0], 100, 60, [60, 0, 0, 0]],
  ] as const)('%j of %i x %i', (radius, width, height, expected) => {
    expect(cornersOf(radius, { width, height })).toEqual(expected);
  });
});

it('gives a chain what its steps would give one by one, without loss between them', async () => {
  const first: Step = { width: px(120), rotate: 20, background: RED };
  const second: Step = { width: px(100), height: px(50), border: { width: 3, colour: RED } };
  const halfway = await render(jpeg, plan([first], { format: 'png' }), 'plain');

  const chained = await render(jpeg, plan([first, second], { format: 'png' }), 'plain');
  const separate = await render(halfway.bytes, plan([second], { format: 'png' }), 'plain');

  expect(maxColourDistance(await shown(chained.bytes), await shown(separate.bytes))).toBe(0);
});

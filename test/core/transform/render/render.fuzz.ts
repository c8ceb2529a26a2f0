import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../../lambda/core/errors.ts';
import type { Step } from '../../../../lambda/core/transform/plan.ts';
import { render } from '../../../../lambda/core/transform/render/render.ts';
import { drawCutout } from '../../../images/scene.ts';
import { animation, onCanvas, privateSource, sceneIn } from '../../../images/sources.ts';
import { plan } from './plans.ts';

const cutout = onCanvas(drawCutout(30, 20));

const SOURCES: readonly Buffer[] = [
  await sceneIn('jpeg', 30, 20),
  await sceneIn('avif', 20, 30),
  await privateSource(drawCutout(24, 16), 'png', 7),
  await cutout.clone().webp().toBuffer(),
  await cutout.clone().greyscale().toColourspace('b-w').png().toBuffer(),
  await cutout.clone().removeAlpha().toColourspace('cmyk').jpeg().toBuffer(),
  await sceneIn('png', 1, 1),
  await animation(20, 12, 'gif'),
  await animation(20, 12, 'webp'),
];

const channel = fc.integer({ min: 0, max: 255 });
const colour = fc.record({ r: channel, g: channel, b: channel, alpha: fc.constantFrom(0, 0.4, 1) });
const length = fc.oneof(
  fc.record({ kind: fc.constant('pixels' as const), value: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('fraction' as const), value: fc.constantFrom(0.01, 0.3, 0.99) }),
);
const corner = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant('max' as const));

const step: fc.Arbitrary<Step> = fc.record(
  {
    width: length,
    height: length,
    aspectRatio: fc.constantFrom(0.3, 1, 3),
    crop: fc.constantFrom(
      'maintain_ratio',
      'force',
      'at_max',
      'at_max_enlarge',
      'at_least',
      'maintain_ratio_no_enlarge',
    ),
    cropMode: fc.constantFrom('pad_resize', 'pad_resize_no_enlarge', 'extract', 'pad_extract', 'pad_extract_no_shrink'),
    focus: fc.constantFrom('center', 'top_left', 'bottom'),
    x: fc.integer({ min: -40, max: 40 }),
    yCenter: fc.integer({ min: 0, max: 40 }),
    dpr: fc.constantFrom(0.1, 1.5),
    trim: fc.integer({ min: 1, max: 99 }),
    rotate: fc.oneof(fc.integer({ min: -360, max: 360 }), fc.constantFrom(90, -90, 180), fc.constant('auto' as const)),
    flip: fc.record({ horizontal: fc.boolean(), vertical: fc.boolean() }),
    grayscale: fc.constant(true as const),
    contrast: fc.constant(true as const),
    sharpen: fc.integer({ min: 1, max: 1000 }),
    blur: fc.double({ min: 0, max: 1000, noNaN: true }),
    border: fc.record({ width: fc.integer({ min: 0, max: 6 }), colour }),
    radius: fc.oneof(fc.constant('max' as const), fc.tuple(corner, corner, corner, corner)),
    opacity: fc.integer({ min: 0, max: 100 }),
    background: colour,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Step>;

const output = fc.record(
  {
    format: fc.constantFrom('auto', 'original', 'jpeg', 'png', 'webp', 'avif', 'gif'),
    quality: fc.integer({ min: 1, max: 100 }),
    progressive: fc.boolean(),
    lossless: fc.boolean(),
    keepMetadata: fc.boolean(),
    keepColourProfile: fc.boolean(),
  },
  { requiredKeys: ['format'] },
);

const accepts = fc.constantFrom('avif', 'webp', 'plain');

/** Runs a render; a refusal that the client may read is a result too. */
async function outcome(work: () => ReturnType<typeof render>) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

describe('rendering', () => {
  it('gives a picture or a problem of the client for every plan', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SOURCES),
        fc.array(step, { maxLength: 3 }),
        output,
        accepts,
        async (source, steps, settings, client) => {
          const result = await outcome(() => render(source, plan(steps, settings), client));

          // The sources are sound: only sizes and regions may be refused.
          if (result instanceof Problem) expect(result.code).toMatch(/^transformation\.(limit|invalid)$/);
          else expect(result.bytes.byteLength).toBeGreaterThan(0);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('gives a picture or a problem of the client for every damage', async () => {
    const damage = fc.array(fc.record({ at: fc.nat(), value: channel }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...SOURCES), damage, fc.nat(), async (source, changes, cut) => {
        const bytes = Buffer.from(source);
        for (const { at, value } of changes) bytes[at % bytes.length] = value;
        const part = cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;

        const result = await outcome(() => render(part, plan([{ trim: 10 }]), 'webp'));

        if (result instanceof Problem) expect(result.status).toBe(400);
      }),
      { numRuns: 200 },
    );
  });
});

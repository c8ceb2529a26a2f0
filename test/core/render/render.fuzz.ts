import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../lambda/core/kernel/problems.ts';
import type { Plan, Step } from '../../../lambda/core/plan/plan.ts';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';
import type { LoadAsset } from '../../../lambda/core/render/render.ts';
import { render } from '../../../lambda/core/render/render.ts';
import { blocksOf } from '../plan/arbitrary-steps.ts';
import { FONT, SOURCES, SVG_SOURCE } from './fuzzed-sources.ts';
import { plan } from './plans.ts';

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

/** Values that make a picture of hundreds of megapixels are the tests' of limits. */
const isSmall = (item: string): boolean => !/\d{4}/.test(item) || /^(e-colorize|co|bg|cr|b|e-gradient)-/.test(item);

/** Plans with layers, conditions and every item of the table, as a URL can say them; what cannot be read is left out. */
const spoken: fc.Arbitrary<Plan> = blocksOf(isSmall).map((steps) => readPlan(steps));

const isFont = (path: string): boolean => /\.[ot]tf$/i.test(path);

const damage = fc.record({
  changes: fc.array(fc.record({ at: fc.nat(), value: channel }), { maxLength: 12 }),
  cut: fc.nat(),
});

function damaged(source: Buffer, { changes, cut }: { changes: { at: number; value: number }[]; cut: number }): Buffer {
  const bytes = Buffer.from(source);
  for (const { at, value } of changes) bytes[at % bytes.length] = value;
  return cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
}

/** Seconds that any request may take; a render has its own limit below that. */
const LONGEST = 5;

/** Runs a render; a refusal that the client may read is a result too. */
async function outcome(work: () => ReturnType<typeof render>) {
  const start = performance.now();
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  } finally {
    expect((performance.now() - start) / 1000, 'seconds').toBeLessThan(LONGEST);
  }
}

/** How much is tried; `FUZZ_RUNS=1000` takes an hour. A failure is told as it is: to shrink one that is slow takes minutes. */
const MANY = Number(process.env.FUZZ_RUNS ?? 1);

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
      { numRuns: 100 * MANY, endOnFailure: true },
    );
  });

  it('gives a picture or a problem of the client for every URL, whatever it draws on the picture', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SOURCES),
        spoken,
        accepts,
        fc.constantFrom(...SOURCES, SVG_SOURCE),
        async (source, spokenPlan, client, drawn) => {
          const load: LoadAsset = async (path) => (isFont(path) ? FONT : drawn);

          const result = await outcome(() => render(source, spokenPlan, client, load));

          if (result instanceof Problem) expect(result.code).toMatch(/^transformation\./);
          else expect(result.bytes.byteLength).toBeGreaterThan(0);
        },
      ),
      { numRuns: 150 * MANY, endOnFailure: true },
    );
  });

  it('gives a picture or a problem of the client for every damage', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SOURCES),
        damage,
        fc.oneof(fc.constant(plan([{ trim: 10 }])), spoken),
        fc.constantFrom(...SOURCES),
        damage,
        async (source, harm, spokenPlan, drawn, drawnHarm) => {
          const load: LoadAsset = async (path) => damaged(isFont(path) ? FONT : drawn, drawnHarm);

          const result = await outcome(() => render(damaged(source, harm), spokenPlan, 'webp', load));

          if (result instanceof Problem) expect(result.status).toBe(400);
        },
      ),
      { numRuns: 200 * MANY, endOnFailure: true },
    );
  });
});

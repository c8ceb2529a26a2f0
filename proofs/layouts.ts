import fc from 'fast-check';
import { expect } from 'vitest';
import { LIMITS } from '../lambda/contract/limits.ts';
import { Problem } from '../lambda/core/kernel/problems.ts';
import type { Layout, Size } from '../lambda/core/plan/geometry/layout.ts';
import { layoutStep } from '../lambda/core/plan/geometry/layout.ts';
import { outputSizeAfter } from '../lambda/core/plan/geometry/output-size.ts';
import type { CropMode, CropStrategy, Step } from '../lambda/core/plan/plan.ts';
import { readPlan } from '../lambda/core/plan/read-plan.ts';
import { arbitrarySteps, plainSteps } from '../test/core/plan/arbitrary-steps.ts';
import { checkProperty } from './check-property.ts';
import type { Proof, Report } from './proof.ts';

const side = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 1, max: 3000 }),
  fc.constantFrom(1, 2, 16_383),
);
const image: fc.Arbitrary<Size> = fc.record({ width: side, height: side });
const asked: fc.Arbitrary<Size> = fc.record({
  width: fc.integer({ min: 1, max: 2000 }),
  height: fc.integer({ min: 1, max: 2000 }),
});
const focus = fc.constantFrom('center', 'top', 'left', 'bottom', 'right', 'top_left', 'bottom_right');
const step: fc.Arbitrary<Step> = fc.oneof(
  arbitrarySteps.map((steps) => withoutComputed(plainSteps(readPlan(steps))[0] ?? {})),
  fc
    .tuple(
      asked,
      focus,
      fc.constantFrom(
        'c-maintain_ratio',
        'c-maintain_ratio_no_enlarge',
        'c-at_max',
        'cm-extract',
        'cm-pad_extract',
        'cm-pad_resize',
      ),
      fc.constantFrom('x-3', 'xc-40', 'y-N3', 'dpr-2', 'dpr-0.3', 'rt-33', 'b-9_red'),
    )
    .map(([{ width, height }, position, ...items]) => read(`w-${width}`, `h-${height}`, `fo-${position}`, ...items)),
);

/** Computed values are put in before a layout is made. */
function withoutComputed({ computed: _, ...step }: Step): Step {
  return step;
}

function read(...items: string[]): Step {
  return plainSteps(readPlan([items]))[0] ?? {};
}

/** Problems that a step and an image can have with each other end the run as a precondition does. */
function orNothing<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.code).toMatch(/^transformation\.(limit|invalid)$/);
    return undefined;
  }
}

const whole = (...values: number[]) => values.every((value) => Number.isInteger(value) && value >= 0);

/** Every rectangle lies in the one before it, and the last is the output. */
function expectSound(layout: Layout, input: Size): void {
  const scaled = layout.scale ?? input;
  const cut = layout.crop ?? { ...scaled, left: 0, top: 0 };
  const canvas = layout.canvas ?? { width: cut.width, height: cut.height, left: 0, top: 0 };
  expect(whole(...Object.values(scaled), ...Object.values(cut), ...Object.values(canvas))).toBe(true);
  expect(Math.min(scaled.width, scaled.height, cut.width, cut.height)).toBeGreaterThanOrEqual(1);
  expect(cut.left + cut.width).toBeLessThanOrEqual(scaled.width);
  expect(cut.top + cut.height).toBeLessThanOrEqual(scaled.height);
  expect(canvas.left + cut.width).toBeLessThanOrEqual(canvas.width);
  expect(canvas.top + cut.height).toBeLessThanOrEqual(canvas.height);
  expect(layout.output).toEqual({ width: canvas.width, height: canvas.height });
}

/** What every strategy promises about the output for a box with both sides. */
const PROMISES: Record<CropStrategy | CropMode, (output: Size, box: Size, input: Size) => boolean> = {
  maintain_ratio: isExactly,
  force: isExactly,
  pad_resize: isExactly,
  pad_resize_no_enlarge: isExactly,
  pad_extract: isExactly,
  at_max: (output, box, input) => isInside(output, box) && isInside(output, input),
  at_max_enlarge: (output, box) =>
    isInside(output, box) && (output.width === box.width || output.height === box.height),
  at_least: (output, box) => isInside(box, output) && (output.width === box.width || output.height === box.height),
  maintain_ratio_no_enlarge: (output, box, input) => isInside(output, box) && isInside(output, input),
  extract: (output, box, input) =>
    isExactly(output, { width: Math.min(box.width, input.width), height: Math.min(box.height, input.height) }),
  pad_extract_no_shrink: (output, box, input) => isInside(box, output) && isInside(input, output),
};

function isExactly(output: Size, box: Size): boolean {
  return output.width === box.width && output.height === box.height;
}

function isInside(inner: Size, outer: Size): boolean {
  return inner.width <= outer.width && inner.height <= outer.height;
}

/** Sizes that a picture has on its way. */
export const LAYOUTS: Proof<{ layouts: number; sizes: number; boxes: number }> = {
  name: 'layouts',
  sentence:
    'Any step on any image has a sound layout within the limits, each crop strategy keeps its promise about the size.',
  small: { layouts: 2000, sizes: 1000, boxes: 300 },
  full: { layouts: 300_000, sizes: 150_000, boxes: 20_000 },
  async run({ layouts, sizes, boxes }, seed, report) {
    return {
      ...(await proveLayouts(layouts, seed, report)),
      ...(await proveSizes(sizes, seed, report)),
      ...(await provePromises(boxes, seed, report)),
    };
  },
};

async function proveLayouts(runs: number, seed: number, report: Report) {
  let [laidOut, refused] = [0, 0];
  const sound = fc.property(step, image, (any, input) => {
    const layout = orNothing(() => layoutStep(any, input));
    report(`${laidOut + refused} of ${runs} layouts`);
    if (!layout) return void refused++;
    laidOut++;
    expectSound(layout, input);
    expect(Math.max(layout.output.width, layout.output.height)).toBeLessThanOrEqual(LIMITS.outputSide);
    expect(layout.output.width * layout.output.height).toBeLessThanOrEqual(LIMITS.outputPixels);
  });
  await checkProperty('any step on any image has a sound layout within the limits', sound, { runs, seed });
  expect(laidOut, 'layouts that were not refused').toBeGreaterThan(runs / 4);
  return { layouts: laidOut, 'layouts refused': refused };
}

async function proveSizes(runs: number, seed: number, report: Report) {
  let sizes = 0;
  const within = fc.property(step, image, (any, input) => {
    const size = orNothing(() => outputSizeAfter(any, input));
    if (!size) return;
    sizes++;
    report(`${sizes} sizes after a step`);
    expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(LIMITS.outputSide);
    expect(whole(size.width, size.height)).toBe(true);
  });
  await checkProperty('any step on any image has a size after it within the limits', within, { runs, seed });
  return { 'sizes after a step': sizes };
}

async function provePromises(runs: number, seed: number, report: Report) {
  let kept = 0;
  for (const [strategy, promise] of Object.entries(PROMISES)) {
    const keeps = fc.property(asked, image, focus, (box, input, position) => {
      const any = read(`w-${box.width}`, `h-${box.height}`, `fo-${position}`, `c-${strategy}`);
      const layout = orNothing(() => layoutStep(any, input));
      if (!layout || layout.unlimited) return;
      expect(promise(layout.output, box, input), JSON.stringify(layout)).toBe(true);
      kept++;
      report(`${kept} promises of strategies`);
    });
    await checkProperty(`${strategy} keeps its promise about the size`, keeps, { runs, seed });
  }
  return { 'promises of strategies': kept };
}

import fc from 'fast-check';
import type { Step } from '../lambda/core/plan/plan.ts';

/* Plans as the renderer gets them, made without the grammar of URLs. */

export const channel = fc.integer({ min: 0, max: 255 });
const colour = fc.record({ r: channel, g: channel, b: channel, alpha: fc.constantFrom(0, 0.4, 1) });
const length = fc.oneof(
  fc.record({ kind: fc.constant('pixels' as const), value: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('fraction' as const), value: fc.constantFrom(0.01, 0.3, 0.99) }),
);
const corner = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant('max' as const));

export const step: fc.Arbitrary<Step> = fc.record(
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

export const output = fc.record(
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

export const accepts = fc.constantFrom('avif', 'webp', 'plain');

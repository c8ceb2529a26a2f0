import { describe, expect, it } from 'vitest';
import { extractRegion } from '../../../../lambda/core/plan/geometry/extract-region.ts';
import type { Region } from '../../../../lambda/core/plan/geometry/size.ts';
import type { Step } from '../../../../lambda/core/plan/plan.ts';

const IMAGE = { width: 640, height: 480 };
const ASKED = { width: 200, height: 100 };

function region(step: Step, asked = ASKED): number[] {
  const { left, top, width, height }: Region = extractRegion(step, IMAGE, asked);
  return [left, top, width, height];
}

describe('the region of an extract', () => {
  it('is in the middle, or where the focus is', () => {
    expect(region({})).toEqual([220, 190, 200, 100]);
    expect(region({ focus: 'bottom_right' })).toEqual([440, 380, 200, 100]);
    expect(region({ focus: 'left' })).toEqual([0, 190, 200, 100]);
  });

  it('begins at its corner, each axis for itself', () => {
    expect(region({ x: 0, y: 0 })).toEqual([0, 0, 200, 100]);
    expect(region({ x: 440, y: 380 })).toEqual([440, 380, 200, 100]);
    expect(region({ x: 10 })).toEqual([10, 190, 200, 100]);
    expect(region({ y: 10, focus: 'right' })).toEqual([440, 10, 200, 100]);
  });

  it('keeps the distance from the opposite edge when its corner is negative', () => {
    expect(region({ x: -40, y: -1 })).toEqual([400, 379, 200, 100]);
    expect(region({ x: -600, y: 0 })).toEqual([0, 0, 40, 100]);
  });

  it('is cut to the image', () => {
    expect(region({ x: 600, y: 470 })).toEqual([600, 470, 40, 10]);
    expect(region({}, { width: 1000, height: 100 })).toEqual([0, 190, 640, 100]);
    expect(region({ x: 0, y: 0 }, { width: 1000, height: 1000 })).toEqual([0, 0, 640, 480]);
  });

  it.each([{ x: 640 }, { y: 480 }, { x: 65_535 }, { x: -640 }, { y: -65_535 }])('is refused outside: %o', (step) => {
    expect(() => region(step)).toThrow(
      expect.objectContaining({ code: 'transformation.invalid', message: expect.stringContaining('lies outside') }),
    );
  });

  it('surrounds its centre', () => {
    expect(region({ xCenter: 100, yCenter: 50 })).toEqual([0, 0, 200, 100]);
    expect(region({ xCenter: 540, yCenter: 430 })).toEqual([440, 380, 200, 100]);
    expect(region({ xCenter: 540, y: 5 })).toEqual([440, 5, 200, 100]);
  });

  it.each([
    [{ xCenter: 99, yCenter: 50 }, 'x'],
    [{ xCenter: 541, yCenter: 50 }, 'x'],
    [{ xCenter: 100, yCenter: 49 }, 'y'],
    [{ yCenter: 9999 }, 'y'],
  ])('is refused when it leaves the image around its centre: %o', (step, axis) => {
    expect(() => region(step)).toThrow(
      expect.objectContaining({ code: 'transformation.invalid', message: expect.stringContaining(`around ${axis}c`) }),
    );
  });

  it('goes by the corner when both are given', () => {
    expect(region({ x: 3, xCenter: 9999 })).toEqual([3, 190, 200, 100]);
  });
});

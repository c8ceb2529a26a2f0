import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { outputSizeAfter, turnedSize } from '../../../../lambda/core/plan/geometry/output-size.ts';
import { readPlan } from '../../../../lambda/core/plan/read-plan.ts';
import { plainSteps } from '../arbitrary-steps.ts';

function sizeAfter(items: string, width = 640, height = 865): string {
  const size = outputSizeAfter(plainSteps(readPlan([items.split(',')]))[0] ?? {}, { width, height });
  return `${size.width}x${size.height}`;
}

describe('the size after a step', () => {
  it('changes sides with a quarter turn and grows with any other', () => {
    expect(sizeAfter('w-300,h-200')).toBe('300x200');
    expect(sizeAfter('w-300,h-200,rt-90')).toBe('200x300');
    expect(sizeAfter('w-300,h-200,rt-N270')).toBe('200x300');
    expect(sizeAfter('w-300,h-200,rt-180,fl-h')).toBe('300x200');
    expect(sizeAfter('w-300,h-200,rt-auto')).toBe('300x200');
    expect(sizeAfter('w-300,h-200,rt-30')).toBe('360x323');
  });

  it('grows by the border on each side, after the turn', () => {
    expect(sizeAfter('w-300,h-200,b-5_red')).toBe('310x210');
    expect(sizeAfter('w-300,h-200,b-5_red,rt-90')).toBe('210x310');
  });

  it.each(['w-8192,h-100,b-1_red', 'w-8,h-8,b-4096_red', 'w-8,h-8,rt-45,b-4096_red', 'w-8193,h-8,rt-45'])(
    'has its limits: %s',
    (items) => {
      expect(() => sizeAfter(items)).toThrow(expect.objectContaining({ code: 'transformation.limit' }));
    },
  );

  it.each([
    ['w-6000,h-6000,rt-45', 6324],
    ['w-6320,h-6320,rt-0.5', 6324],
    ['w-8000,h-8,rt-45,b-1500_red', 6324],
  ])('ends at the limits where a turn makes it larger: %s', (items, side) => {
    const [width, height] = sizeAfter(items).split('x').map(Number) as [number, number];

    expect(width * height).toBeLessThanOrEqual(40_000_000);
    expect(Math.max(width, height)).toBeLessThanOrEqual(8192);
    expect(Math.min(width, height)).toBeGreaterThan(side - 16);
  });

  it.each([
    [640, 865, 45],
    [300, 200, 30],
    [101, 53, 17.5],
    [640, 480, -40],
    [7, 5, 3],
    [1000, 1, 89],
    [31, 17, 123.4],
  ])('is what libvips makes of %i x %i turned by %f degrees', async (width, height, degrees) => {
    const image = sharp({ create: { width, height, channels: 4, background: 'red' } }).rotate(degrees);

    const { info } = await image.raw().toBuffer({ resolveWithObject: true });

    expect(turnedSize({ width, height }, degrees)).toEqual({ width: info.width, height: info.height });
  });
});

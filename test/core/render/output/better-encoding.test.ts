import { describe, expect, it } from 'vitest';
import { betterEncoding } from '../../../../lambda/core/render/output/better-encoding.ts';

const FORMATS = ['jpeg', 'png', 'webp', 'avif'] as const;

describe('a better encoding', () => {
  it('stays within the budget of its level, at any size', () => {
    for (const format of FORMATS) {
      for (let pixels = 1000; pixels <= 40_000_000; pixels *= 2) {
        expect(betterEncoding(format, pixels, 'normal')?.seconds ?? 0).toBeLessThanOrEqual(2);
        expect(betterEncoding(format, pixels, 'most')?.seconds ?? 0).toBeLessThanOrEqual(8);
      }
    }
  });

  it('takes more effort for small pictures, and where the owner allows more time', () => {
    const efforts = [200_000, 1_500_000, 3_000_000, 30_000_000].map(
      (pixels) => betterEncoding('avif', pixels, 'normal')?.effort,
    );

    expect(efforts).toEqual([4, 3, 2, undefined]);
    expect(betterEncoding('avif', 500_000, 'most')?.effort).toBe(6);
  });

  it('is not there for GIF', () => {
    expect(betterEncoding('gif', 1000, 'most')).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readingOf } from '../../../../lambda/core/render/source/reading.ts';

const side = fc.integer({ min: 1, max: 5000 });
const size = fc.record({ width: side, height: side });

/** A part of a size. */
const part = ({ width, height }: { width: number; height: number }) =>
  fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), side, side)
    .map(([x, y, w, h]) => {
      const region = { width: Math.min(w, width), height: Math.min(h, height) };
      return { ...region, left: Math.floor(x * (width - region.width)), top: Math.floor(y * (height - region.height)) };
    });

const job = size.chain((whole) =>
  fc
    .record({ cut: fc.option(part(whole), { nil: undefined }), scale: fc.option(size, { nil: undefined }) })
    .chain(({ cut, scale }) =>
      fc.option(part(scale ?? cut ?? whole), { nil: undefined }).map((crop) => ({ whole, cut, scale, crop })),
    ),
);

describe('the reading of a layout', () => {
  it('stays inside the picture and gives the size that was planned', () => {
    fc.assert(
      fc.property(job, ({ whole, cut, scale, crop }) => {
        const reading = readingOf(whole, cut, { ...(scale && { scale }), ...(crop && { crop }) });

        let area = { left: 0, top: 0, ...whole };
        for (const region of [
          reading.extract,
          reading.resize && { left: 0, top: 0, ...reading.resize },
          reading.crop,
        ]) {
          if (!region) continue;
          if (region !== reading.resize && region !== reading.extract) expect(region.width).toBeGreaterThan(0);
          if (region === reading.extract || region === reading.crop) {
            expect(region.left + region.width).toBeLessThanOrEqual(area.width);
            expect(region.top + region.height).toBeLessThanOrEqual(area.height);
          }
          area = region;
        }
        const planned = crop ?? scale ?? cut ?? whole;
        expect([area.width, area.height]).toEqual([planned.width, planned.height]);
      }),
    );
  });

  it('scales few pixels more than the result has when it enlarges', () => {
    const reading = readingOf({ width: 10, height: 100_000 }, undefined, {
      scale: { width: 1000, height: 10_000_000 },
      crop: { left: 0, top: 4_999_950, width: 1000, height: 100 },
    });

    expect(reading).toEqual({
      extract: { left: 0, top: 49_999, width: 10, height: 2 },
      resize: { width: 1000, height: 200 },
      crop: { left: 0, top: 50, width: 1000, height: 100 },
    });
  });

  it('shrinks the whole picture first, as decoders do it while they read', () => {
    const crop = { left: 50, top: 0, width: 100, height: 100 };
    const reading = readingOf({ width: 4000, height: 2000 }, undefined, { scale: { width: 200, height: 100 }, crop });

    expect(reading).toEqual({ resize: { width: 200, height: 100 }, crop });
  });

  it('cuts a chosen part first, so that nothing around it is mixed into its edges', () => {
    const cut = { left: 100, top: 50, width: 1000, height: 500 };
    const reading = readingOf({ width: 4000, height: 2000 }, cut, { scale: { width: 100, height: 50 } });

    expect(reading).toEqual({ extract: cut, resize: { width: 100, height: 50 } });
  });

  it('does nothing when nothing changes', () => {
    expect(readingOf({ width: 40, height: 20 }, undefined, {})).toEqual({});
  });
});

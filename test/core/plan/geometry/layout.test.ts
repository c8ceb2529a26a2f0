import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import type { Layout, Size } from '../../../../lambda/core/plan/geometry/layout.ts';
import { layoutStep } from '../../../../lambda/core/plan/geometry/layout.ts';
import { readPlan } from '../../../../lambda/core/plan/read-plan.ts';
import { plainSteps } from '../arbitrary-steps.ts';

/** The portrait of ImageKit's own examples. */
const PORTRAIT: Size = { width: 640, height: 865 };

function layout(items: string, input: Size = PORTRAIT): Layout {
  return layoutStep(plainSteps(readPlan([items.split(',')]))[0] ?? {}, input);
}

function output(items: string, input: Size = PORTRAIT): string {
  const { width, height } = layout(items, input).output;
  return `${width}x${height}`;
}

const size = (width: number, height: number): Size => ({ width, height });

describe('the examples of the ImageKit documentation', () => {
  it.each([
    ['w-300,h-200', '300x200'],
    ['w-300,h-200,c-maintain_ratio', '300x200'],
    ['w-300,h-200,c-force', '300x200'],
    ['w-300,h-200,c-at_max', '148x200'],
    ['w-850,h-1000,c-at_max_enlarge', '740x1000'],
    ['w-300,h-200,c-at_least', '300x405'],
    ['w-300,h-200,cm-pad_resize', '300x200'],
    ['w-200,h-200,cm-extract', '200x200'],
    ['w-300', '300x405'],
    ['h-200', '148x200'],
  ])('%s gives %s', (items, expected) => {
    expect(output(items)).toBe(expected);
  });

  it('pads 600 x 600 to 700 x 700 with 50 pixels on each side', () => {
    expect(layout('w-700,h-700,cm-pad_extract', size(600, 600))).toEqual({
      canvas: { width: 700, height: 700, left: 50, top: 50 },
      output: { width: 700, height: 700 },
    });
  });

  it('puts the picture left and its padding right with fo-left', () => {
    expect(layout('w-300,h-200,cm-pad_resize,fo-left')).toEqual({
      scale: { width: 148, height: 200 },
      canvas: { width: 300, height: 200, left: 0, top: 0 },
      output: { width: 300, height: 200 },
    });
  });
});

describe('a step without a size', () => {
  it.each(['rt-90', 'fo-left', 'dpr-2', 'cm-pad_resize', 'x-20,cm-extract'])(
    'leaves the picture alone: %s',
    (items) => {
      expect(layout(items)).toEqual({ output: PORTRAIT });
    },
  );

  it('crops to an aspect ratio at full size', () => {
    expect(layout('ar-1-1')).toEqual({
      crop: { left: 0, top: 112, width: 640, height: 640 },
      output: { width: 640, height: 640 },
    });
    expect(output('ar-1-2')).toBe('433x865');
  });
});

describe('one side', () => {
  it('lets the other follow, rounded to the nearest pixel, at least one', () => {
    expect(output('w-1', size(10_000, 10))).toBe('1x1');
    expect(output('h-0.5')).toBe('320x433');
    expect(output('w-0.25')).toBe('160x216');
  });

  it('enlarges unless the strategy never does', () => {
    expect(output('w-1280')).toBe('1280x1730');
    expect(output('w-1280,c-force')).toBe('1280x1730');
    expect(output('w-1280,c-at_max_enlarge')).toBe('1280x1730');
    for (const strategy of ['c-at_max', 'c-maintain_ratio_no_enlarge', 'cm-pad_resize_no_enlarge']) {
      expect(layout(`w-1280,${strategy}`), strategy).toEqual({ output: PORTRAIT });
    }
  });

  it('neither cuts nor pads', () => {
    for (const mode of ['pad_resize', 'extract', 'pad_extract', 'pad_extract_no_shrink']) {
      expect(layout(`w-300,cm-${mode}`), mode).toEqual({ scale: size(300, 405), output: size(300, 405) });
    }
  });

  it('and a ratio are two sides', () => {
    expect(output('w-300,ar-4-3')).toBe('300x225');
    expect(output('h-300,ar-4_3')).toBe('400x300');
    expect(output('w-300,h-100,ar-4-3')).toBe('300x100');
    expect(output('w-400,ar-1,cm-pad_resize')).toBe('400x400');
  });
});

describe('a side that follows from the image', () => {
  it.each([
    ['w-100', size(1, 512), '16x8192'],
    ['h-100', size(512, 1), '8192x16'],
    ['w-100,dpr-2', size(1, 512), '16x8192'],
    ['w-0.9', size(20_000, 100), '8192x40'],
    ['w-8000', size(3000, 3000), '6324x6324'],
    ['w-100,cm-pad_resize', size(1, 512), '16x8192'],
    ['w-100,h-100,c-at_least', size(1, 512), '16x8192'],
    ['w-100,b-10_red', size(1, 512), '15x8172'],
    ['e-grayscale', size(10_000, 5000), '8192x4096'],
    ['rt-90', size(9000, 100), '8192x91'],
    ['bl-3', size(8000, 8000), '6324x6324'],
    ['b-96_red', size(8000, 5000), '7750x4844'],
    ['w-20,h-20,cm-pad_extract_no_shrink', size(10, 16_384), '10x8192'],
    ['w-8000,h-20,cm-pad_extract_no_shrink', size(10, 8000), '6324x6324'],
    ['ar-1-1', size(9000, 9100), '6324x6324'],
    ['w-0.9,h-0.9', size(10_000, 10_000), '6324x6324'],
  ] as const)('ends at the limits, and says so: %s', (items, input, expected) => {
    const { output, unlimited } = layout(items, input);

    expect(`${output.width}x${output.height}`).toBe(expected);
    expect(Math.max(unlimited?.width ?? 0, unlimited?.height ?? 0)).toBeGreaterThan(
      Math.max(output.width, output.height),
    );
  });

  it.each([
    ['w-8193', size(10, 10)],
    ['w-8193', size(1, 512)],
    ['w-100,ar-1-100', size(10, 10)],
    ['w-8193,h-1,c-at_least', size(10, 10)],
    ['w-8193,h-1,cm-pad_extract_no_shrink', size(10, 10)],
    ['w-8000,h-6000', size(10, 10)],
  ] as const)('is one thing, and one that the URL names another: %s', (items, input) => {
    expect(() => layout(items, input)).toThrow(expect.objectContaining({ code: 'transformation.limit' }));
  });

  it('is not changed within them', () => {
    expect(layout('w-100', size(10, 512))).toEqual({ scale: size(100, 5120), output: size(100, 5120) });
  });
});

describe('the device pixel ratio', () => {
  it('multiplies what is asked for, fractions first', () => {
    expect(output('w-100,h-50,dpr-2')).toBe('200x100');
    expect(output('w-0.25,dpr-2')).toBe('320x433');
    expect(output('w-100,ar-4-3,dpr-1.5')).toBe('150x113');
  });

  it('is left out when a side would leave 1 to 5000 pixels', () => {
    expect(output('w-3000,h-10,dpr-2')).toBe('3000x10');
    expect(output('w-2500,h-10,dpr-2')).toBe('5000x20');
    expect(output('w-4,h-4,dpr-0.2')).toBe('4x4');
    expect(output('w-2000,dpr-2')).toBe('2000x2703');
  });

  it('does not move the region of an extract', () => {
    expect(layout('w-50,h-50,cm-extract,x-10,y-20,dpr-2').crop).toEqual({ left: 10, top: 20, width: 100, height: 100 });
  });
});

describe('cropping', () => {
  it.each([
    ['center', 350, 0],
    ['left', 0, 0],
    ['right', 700, 0],
    ['top', 350, 0],
    ['top_left', 0, 0],
    ['bottom_right', 700, 0],
  ])('of a landscape keeps the part at %s', (focus, left, top) => {
    expect(layout(`w-100,h-100,fo-${focus}`, size(800, 100)).crop).toEqual({ left, top, width: 100, height: 100 });
  });

  it.each([
    ['top', 0],
    ['bottom_left', 205],
    ['bottom', 205],
    ['left', 102],
  ])('of a portrait keeps the part at %s', (focus, top) => {
    expect(layout(`w-300,h-200,fo-${focus}`).crop).toEqual({ left: 0, top, width: 300, height: 200 });
  });

  it('makes 400 x 300 of a single pixel', () => {
    expect(layout('w-400,h-300', size(1, 1))).toEqual({
      scale: size(400, 400),
      crop: { left: 0, top: 50, width: 400, height: 300 },
      output: size(400, 300),
    });
  });

  it('without enlarging keeps the ratio at the largest size there is', () => {
    const items = 'c-maintain_ratio_no_enlarge';

    expect(output(`w-300,h-200,${items}`)).toBe('300x200');
    expect(layout(`w-1000,h-1000,${items}`)).toEqual({
      crop: { left: 0, top: 112, width: 640, height: 640 },
      output: size(640, 640),
    });
    expect(output(`w-300,h-1000,${items}`)).toBe('260x865');
  });

  it('does nothing when the size is there already', () => {
    for (const strategy of [
      'c-maintain_ratio',
      'c-force',
      'c-at_least',
      'cm-pad_resize',
      'cm-extract',
      'cm-pad_extract',
    ]) {
      expect(layout(`w-640,h-865,${strategy}`), strategy).toEqual({ output: PORTRAIT });
    }
  });
});

describe('padding', () => {
  it.each([
    ['center', 126, 0],
    ['right', 252, 0],
    ['top_left', 0, 0],
    ['bottom_right', 252, 0],
  ])('puts the picture at %s', (focus, left, top) => {
    expect(layout(`w-400,h-200,cm-pad_resize,fo-${focus}`).canvas).toEqual({ width: 400, height: 200, left, top });
  });

  it('enlarges, or leaves a small picture as it is', () => {
    expect(layout('w-800,h-400,cm-pad_resize', size(100, 100)).scale).toEqual(size(400, 400));
    expect(layout('w-800,h-400,cm-pad_resize_no_enlarge', size(100, 100))).toEqual({
      canvas: { width: 800, height: 400, left: 350, top: 150 },
      output: size(800, 400),
    });
    expect(layout('w-80,h-40,cm-pad_resize_no_enlarge', size(100, 100)).scale).toEqual(size(40, 40));
  });

  it('without scaling cuts what is larger and pads what is smaller, each side for itself', () => {
    expect(layout('w-700,h-500,cm-pad_extract,fo-top')).toEqual({
      crop: { left: 0, top: 0, width: 640, height: 500 },
      canvas: { width: 700, height: 500, left: 30, top: 0 },
      output: size(700, 500),
    });
  });

  it('never cuts with pad_extract_no_shrink', () => {
    expect(layout('w-700,h-500,cm-pad_extract_no_shrink')).toEqual({
      canvas: { width: 700, height: 865, left: 30, top: 0 },
      output: size(700, 865),
    });
  });

  it('comes before a crop strategy in the same step', () => {
    expect(layout('w-300,h-200,c-force,cm-pad_resize')).toEqual(layout('w-300,h-200,cm-pad_resize'));
  });
});

describe('what is larger than the product makes', () => {
  it.each([
    ['w-8193,h-1', LIMITS.outputSide],
    ['h-9000', LIMITS.outputSide],
    ['w-20000,h-20000,dpr-5', LIMITS.outputSide],
    ['w-8000,h-8000', LIMITS.outputPixels],
    ['w-8000,h-8000,cm-pad_extract', LIMITS.outputPixels],
    ['w-65535,h-1,cm-pad_extract_no_shrink', LIMITS.outputSide],
  ])('is refused with the number: %s', (items, limit) => {
    expect(() => layout(items)).toThrow(
      expect.objectContaining({ code: 'transformation.limit', message: expect.stringContaining(String(limit)) }),
    );
  });

  it('is not what only lies between', () => {
    expect(output('w-8192,h-100', size(1000, 3000))).toBe('8192x100');
    expect(output('w-100,h-100', size(10_000, 1))).toBe('100x100');
  });

  it('is a strip that would be scaled beyond all measure', () => {
    expect(() => layout('w-10,h-8192', size(10_000, 1))).toThrow(
      expect.objectContaining({ code: 'transformation.limit', message: expect.stringContaining('1000000') }),
    );
  });
});

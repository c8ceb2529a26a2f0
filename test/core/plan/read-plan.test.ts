import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import { Problem } from '../../../lambda/core/kernel/problems.ts';
import type { Plan, Step } from '../../../lambda/core/plan/plan.ts';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';
import { readCanonicalUrl } from '../../../lambda/core/request/read-canonical-url.ts';
import { plainSteps } from './arbitrary-steps.ts';

/** Reads a transformation as it stands in a URL. */
function plan(text: string): Plan {
  return readPlan(text.split(':').map((step) => step.split(',')));
}

const step = (text: string): Step | undefined => plainSteps(plan(text))[0];

function problemOf(text: string): Problem {
  try {
    plan(text);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error(`${text} was read without a problem`);
}

const pixels = (value: number) => ({ kind: 'pixels', value });
const fraction = (value: number) => ({ kind: 'fraction', value });

function originalOf(text: string): boolean {
  try {
    return plan(text).original;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

describe('reading a plan', () => {
  it('gives one step for each that asks for something, in order', () => {
    expect(plan('w-300,h-200,fo-left:rt-90')).toEqual({
      original: false,
      steps: [{ width: pixels(300), height: pixels(200), focus: 'left' }, { rotate: 90 }],
      output: { format: 'auto' },
      ignored: [],
    });
    expect(readPlan([])).toEqual({ original: false, steps: [], output: { format: 'auto' }, ignored: [] });
  });

  it('does not care about the order of items', () => {
    expect(plan('bg-red,h-9,cm-extract,w-8,f-png')).toEqual(plan('f-png,w-8,cm-extract,h-9,bg-red'));
    expect(step('cm-extract,c-pad_resize')).toEqual(step('c-pad_resize,cm-extract'));
  });

  it('lets the last of repeated keys win, whatever the others are', () => {
    expect(step('w-100,h-5,w-200')).toEqual({ width: pixels(200), height: pixels(5) });
    expect(step('q-none,q-50,w-1')).toEqual({ width: pixels(1) });
    expect(step('e-sharpen-10,e-grayscale,e-sharpen-20')).toEqual({ sharpen: 20, grayscale: true });
  });

  it('takes output settings from any step, the last one', () => {
    expect(plan('f-png,w-1:q-30,h-2:f-webp,pr-true').output).toEqual({
      format: 'webp',
      quality: 30,
      progressive: true,
    });
    expect(plan('q-30:q-auto').output).toEqual({ format: 'auto' });
    expect(plan('lo-true,md-true,cp-false').output).toEqual({
      format: 'auto',
      lossless: true,
      keepMetadata: true,
      keepColourProfile: false,
    });
  });

  it('knows sides in pixels and as fractions', () => {
    expect(step('w-1,h-0.5')).toEqual({ width: pixels(1), height: fraction(0.5) });
    expect(step('w-1.0,h-333.33')).toEqual({ width: pixels(1), height: pixels(333) });
  });

  it('reads every form of an aspect ratio', () => {
    for (const form of ['ar-4-3', 'ar-4_3', 'ar-8-6', 'ar-1.3333333333333333', 'ar-2-1.5']) {
      expect(step(form)?.aspectRatio, form).toBeCloseTo(4 / 3, 12);
    }
    expect(readPlan([['ar-4:3']]).steps).toEqual(plan('ar-4-3').steps);
    expect(step('ar-2.5-1')?.aspectRatio).toBe(2.5);
  });

  it('understands strategies under the other of the two crop keys', () => {
    expect(step('c-pad_resize')).toEqual({ cropMode: 'pad_resize' });
    expect(step('cm-force')).toEqual({ crop: 'force' });
    expect(step('c-force,cm-extract')).toEqual({ crop: 'force', cropMode: 'extract' });
  });

  it('reads negative numbers with N and with a minus sign', () => {
    expect(step('x-N10,y--5,rt-N40')).toEqual({ x: -10, y: -5, rotate: -40 });
    expect(step('x-N0')).toEqual({ x: 0 });
  });

  it('reads effects with, without and with an empty value', () => {
    for (const form of ['e-contrast', 'e-contrast-', 'e-contrast-true']) expect(step(form)).toEqual({ contrast: true });
    for (const form of ['e-sharpen', 'e-sharpen-', 'e-sharpen-50']) expect(step(form)).toEqual({ sharpen: 50 });
    expect(plan('e-grayscale-false,e-sharpen-false').steps).toEqual([]);
  });

  it('reads trim, flip, rotation, border and radius', () => {
    expect(step('t-true,fl-v_h,rt-auto,b-5-red,r-10_max_0_7')).toEqual({
      trim: 10,
      flip: { horizontal: true, vertical: true },
      rotate: 'auto',
      border: { width: 5, colour: { r: 255, g: 0, b: 0, alpha: 1 } },
      radius: [10, 'max', 0, 7],
    });
    expect(step('b-5_00FF0050,r-20,t-false')).toEqual({
      border: { width: 5, colour: { r: 0, g: 255, b: 0, alpha: 0.5 } },
      radius: [20, 20, 20, 20],
    });
  });

  it('takes an opacity below one as percent, like any other', () => {
    expect(step('o-0.8')).toEqual({ opacity: 0.8 });
  });

  it.each(['orig-true', 'orig', 'w-nonsense,orig-true', 'w-300:orig,l-image,i-x'])(
    'reads %s as the wish for the original, and nothing else of it',
    (text) => {
      expect(plan(text)).toEqual({ original: true, steps: [], output: { format: 'auto' }, ignored: [] });
    },
  );

  it.each(['orig-', 'l-image,i-a.png,orig-true', 'l-text,i-a:orig,l-end', 'if-w_gt_3,orig,if-else,orig,if-end'])(
    'does not take %s for it',
    (text) => {
      expect(originalOf(text)).toBe(false);
    },
  );

  it.each([
    'orig',
    'orig-true',
    'orig-false',
    'w-1:orig',
    'l-end,orig',
    'l-end,l-image,orig',
    'f-orig',
    'e-orig',
    'orig-false,w-1',
  ])('agrees with the edge on whether %s asks for the original', (text) => {
    const edge = readCanonicalUrl(`/tr:${text}/a.jpg`, '', LIMITS.urlBytes, {});

    expect(edge).toMatchObject({ original: originalOf(text) });
  });
});

describe('what is left out', () => {
  it('are unknown keys, told as written', () => {
    const read = plan('w-3,abc-1,effectGray--,e-nothing-5,W-7');

    expect(read.steps).toEqual([{ width: pixels(3) }]);
    expect(read.ignored).toEqual(['abc-1', 'effectGray--', 'e-nothing-5', 'W-7']);
  });

  it.each([
    ['w-65536', 'a side above 65535'],
    ['h-99999999999999999999999999', 'a side above 65535'],
    ['w-auto', 'the width of a client that does not tell it'],
    ['dpr-auto', 'the pixel ratio of a client that does not tell it'],
  ])('is %s: %s', (item) => {
    expect(plan(`${item},q-5`)).toEqual({
      original: false,
      steps: [],
      output: { format: 'auto', quality: 5 },
      ignored: [item],
    });
  });

  it.each(['fo-face', 'fo-car', 'fo-cat_teddyBear'])('is %s, in whose place what looks important is kept', (item) => {
    expect(plan(`${item},w-5,h-5`)).toMatchObject({ steps: [{ focus: 'auto' }], ignored: [item] });
  });

  it.each(['di-', 'di-%20', 'w-65536', 'h-70000'].map(decodeURIComponent))('is "%s", which is left out', (item) => {
    expect(plan(`${item},q-5`)).toMatchObject({ steps: [], output: { quality: 5 }, ignored: [item] });
  });

  it('is q-auto, without a word: it asks for the default', () => {
    expect(plan('q-auto')).toMatchObject({ output: { format: 'auto' }, ignored: [] });
  });
});

describe('what is refused', () => {
  it.each([
    ['__proto__-1', 'the key of an operation'],
    ['constructor-2', 'the key of an operation'],
    ['w-0', 'pixels from 1 to 65535'],
    ['h-N10', 'a fraction of the image, at least 0.0001 and below 1'],
    ['w-300px', 'w (width)'],
    ['w', 'pixels'],
    ['w-', 'pixels'],
    ['w-1e3', 'pixels'],
    ['h-auto', 'pixels'],
    ['ar-0', 'from 0.0001 to 10000'],
    ['ar-4-0', 'from 0.0001 to 10000'],
    ['c-cover', 'maintain_ratio, force, at_max'],
    ['cm-PAD_RESIZE', 'pad_resize, pad_resize_no_enlarge, extract'],
    ['fo-middle', 'top_left'],
    ['x-a', 'from N65535 to 65535'],
    ['y--99999999999', 'from N65535 to 65535'],
    ['xc-N1', 'from 0 to 65535'],
    ['dpr-0.05', 'from 0.1 to 5'],
    ['dpr-5.1', 'from 0.1 to 5'],
    ['q-0', 'from 1 to 100'],
    ['q-101', 'from 1 to 100'],
    ['q-80.5', 'a whole number'],
    ['f-bmp', 'jpeg, png, webp, avif, gif, orig'],
    ['bl-1000000', 'from 0 to 100'],
    ['rt-1e300', 'degrees'],
    ['rt-361', 'from N360 to 360'],
    ['fl-x', 'h, v, h_v, v_h'],
    ['t-0', 'from 1 to 99'],
    ['t-100', 'from 1 to 99'],
    ['o-101', 'from 0 to 100'],
    ['b-5', 'and a colour'],
    ['b-4097_red', 'from 0 to 4096'],
    ['r-1_2', 'four of them'],
    ['r-70000', 'from 0 to 65535'],
    ['bg-nocolour', 'a CSS colour name'],
    ['bg-FFFFF', 'six hexadecimal digits'],
    ['e-grayscale-50', 'true or false'],
    ['e-sharpen-0', 'from 1 to 2000'],
    ['e-usm-1-2', 'radius-sigma-amount-threshold'],
    ['e-usm-51-2-1-0', 'up to 50, 50, 20, 1'],
    ['e-shadow-bl-16', 'from 0 to 15'],
    ['e-shadow-bl-1_bl-2', 'from 0 to 15'],
    ['e-gradient-ld-360', 'from 0 to 359'],
    ['e-gradient-sp-0', 'from 0.01'],
    ['e-gradient-to-nocolour', 'colours'],
    ['cr-red_101', 'from 0 to 100'],
    ['cr-nocolour', 'a colour'],
    ['e-colorize-in-101', 'from 0 to 100'],
    ['e-distort', 'from the top left clockwise'],
    ['e-distort-a-0', 'but not 0'],
    ['e-distort-p-0_0_10_0_0_10_10_0', 'left ones left of the right ones'],
    ['e-distort-p-0_0_10_0_10_10', 'four corners'],
    ['bg-blurred_101', '0 to 100'],
    ['bg-blurred_1_256', 'N255 to 255'],
    ['bg-gradient_dominant_3', 'gradient_dominant_2'],
    ['z-0', 'from 0.01 to 100'],
    ['dn-1201', 'from 1 to 1200'],
    ['pr-yes', 'true or false'],
    ['orig-maybe', 'true or false'],
  ])('is %s, naming the item and what is allowed', (item, allowed) => {
    const { code, message } = problemOf(`w-5,${item}`);

    expect(code).toBe('transformation.invalid');
    expect(message).toContain(JSON.stringify(item));
    expect(message).toContain(allowed);
  });

  it.each([
    ['e-bgremove', 'generative'],
    ['so-5', 'video'],
    ['oi-logo.png', 'old syntax'],
    ['bg-genfill-prompt-mountain', 'generative'],
    ['f-svg', 'SVG'],
    ['f-mp4', 'video'],
  ])('is %s, as not supported', (text, feature) => {
    const { code, message } = problemOf(text);

    expect(code).toBe('transformation.unsupported');
    expect(message).toContain(feature);
  });

  it('are more steps than the limit, with its number', () => {
    const steps = (count: number) => Array.from({ length: count }, () => 'w-9').join(':');

    expect(plan(steps(LIMITS.steps)).steps).toHaveLength(LIMITS.steps);
    expect(problemOf(steps(LIMITS.steps + 1))).toMatchObject({
      code: 'transformation.limit',
      message: expect.stringContaining(String(LIMITS.steps)),
    });
  });

  it('is told without repeating an endless item', () => {
    expect(problemOf(`w-${'9"\n'.repeat(3000)}`).message.length).toBeLessThan(400);
  });
});

import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import { Problem } from '../../../lambda/core/kernel/problems.ts';
import { formatPlan } from '../../../lambda/core/plan/format-plan.ts';
import type { Plan } from '../../../lambda/core/plan/plan.ts';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';
import { plainSteps } from './arbitrary-steps.ts';

const plan = (text: string): Plan => readPlan(text.split(':').map((step) => step.split(',')));
const layersOf = (text: string) => plainSteps(plan(text)).flatMap(({ layers = [] }) => layers);
const near = (value: number) => ({ value, fromEnd: false });
const far = (value: number) => ({ value, fromEnd: true });

function problemOf(text: string): Problem {
  try {
    plan(text);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error(`${text} was read without a problem`);
}

describe('an image layer', () => {
  it('has an asset, a place and steps of its own', () => {
    expect(plan('w-300,h-200,l-image,i-brand@@logo.png,w-40,lx-10,ly-N20,rt-90,l-end,bl-2')).toMatchObject({
      steps: [
        {
          width: { value: 300 },
          blur: 2,
          layers: [
            {
              kind: 'image',
              asset: '/brand/logo.png',
              placement: { x: near(10), y: far(20) },
              steps: [{ trim: 10, width: { value: 40 }, rotate: 90 }],
            },
          ],
        },
      ],
    });
  });

  it('is trimmed unless t-false says otherwise', () => {
    expect(layersOf('l-image,i-a.png,l-end')[0]?.steps).toEqual([{ trim: 10 }]);
    expect(layersOf('l-image,i-a.png,t-false,l-end')[0]?.steps).toEqual([{}]);
    expect(layersOf('l-image,i-a.png,t-40,l-end')[0]?.steps).toEqual([{ trim: 40 }]);
  });

  it('chains steps and holds further layers', () => {
    const [layer] = layersOf('l-image,i-a.png,w-90:rt-10:l-image,i-b.png,lfo-left,l-end:bl-1,l-end');

    expect(layer?.steps).toHaveLength(4);
    expect(layer?.steps[2]).toMatchObject({ layers: [{ asset: '/b.png', placement: { focus: 'left' } }] });
    expect(layer?.placement).toEqual({});
  });

  it.each([
    ['ie-YnJhbmQvbG9nbyAxLnBuZw==', '/brand/logo 1.png'],
    ['ie-YnJhbmQvbG9nbyAxLnBuZw%3D%3D', '/brand/logo 1.png'],
    ['ie-w7wvw6nigqwucG5n', '/ü/é€.png'],
    ['ie-Pz8_Pw', '/????'],
    ['ie-Pz8/Pw', '/????'],
    ['i-@@a.png', '/a.png'],
    ['i-other.png,ie-YS5wbmc', '/a.png'],
    ['ie-YS5wbmc,i-other.png', '/a.png'],
  ])('finds its input in %s', (items, asset) => {
    expect(layersOf(`l-image,${items},l-end`)).toMatchObject([{ asset }]);
    expect(layersOf(`l-image,w-5,${items},l-end`)).toMatchObject([{ asset }]);
  });

  it('keeps the input of a layer within it apart', () => {
    const [outer] = layersOf('l-image,l-image,i-inner.png,l-end,i-outer.png,l-end');

    expect(outer).toMatchObject({ asset: '/outer.png', steps: [{ layers: [{ asset: '/inner.png' }] }] });
  });

  it('reads modes and anchors', () => {
    expect(layersOf('l-image,i-a.png,lm-displacement,x-10,lap-bottom_right,lxc-N5,l-end')[0]).toMatchObject({
      placement: { mode: 'displace', anchor: 'bottom_right', xCenter: far(5) },
      steps: [{ x: 10 }],
    });
  });
});

describe('a text layer', () => {
  it('has a text and a style', () => {
    expect(
      layersOf(
        'l-text,i-Hello World,fs-20,co-red,ff-open_sans,tg-b_i,ia-left,pa-1_2,w-90,bg-00FF00,r-3,al-4,rt-9,l-end',
      ),
    ).toEqual([
      {
        kind: 'text',
        text: 'Hello World',
        placement: {},
        style: {
          width: 90,
          fontSize: 20,
          font: { kind: 'built-in', family: 'Open Sans' },
          colour: { r: 255, g: 0, b: 0, alpha: 1, named: true },
          align: 'left',
          padding: [1, 2, 1, 2],
          alpha: 4,
          typography: { bold: true, italic: true, strikethrough: false },
          background: { r: 0, g: 255, b: 0, alpha: 1 },
          radius: [3, 3, 3, 3],
        },
        steps: [{ rotate: 9 }],
      },
    ]);
  });

  it('takes base64 with any characters, line breaks among them', () => {
    const text = 'a,b:c / 100 %\n次の行 😀';

    expect(layersOf(`l-text,ie-${Buffer.from(text).toString('base64')},l-end`)).toMatchObject([{ text }]);
  });

  it('computes from what it is drawn on only', () => {
    expect(layersOf('l-text,i-a,fs-bw_div_10,l-end')[0]).toMatchObject({ style: { computed: [{ key: 'fs' }] } });
    expect(problemOf('l-text,i-a,fs-iw_div_10,l-end').message).toContain('bw, bh, bar');
    expect(layersOf('l-text,i-a:w-cw_mul_2,l-end')[0]?.steps).toHaveLength(2);
  });

  it('is placed by its own finished size too', () => {
    expect(layersOf('l-text,i-a,lx-bw_sub_cw_div_2,l-end')[0]).toMatchObject({
      placement: { computed: [{ key: 'lx' }] },
    });
    expect(layersOf('l-image,i-ik_canvas,w-9,ly-bh_sub_ch,l-end')[0]).toMatchObject({
      placement: { computed: [{ key: 'ly' }] },
    });
    expect(problemOf('l-image,i-ik_canvas,w-cw_div_2,l-end').message).toContain('cw has no meaning');
  });
});

describe('a canvas', () => {
  it('is a block of one colour', () => {
    expect(layersOf('l-image,i-ik_canvas,w-bw_div_2,h-20,bg-red,al-5,r-max,l-end')).toMatchObject([
      {
        kind: 'canvas',
        style: { alpha: 5 },
        steps: [{ height: { value: 20 }, radius: 'max', computed: [{ key: 'w' }] }],
      },
    ]);
  });
});

describe('a condition', () => {
  it('has two branches with steps and settings', () => {
    expect(plan('if-ar_gt_1,w-400:rt-90,q-30,if-else,h-700,if-end:bl-3')).toEqual({
      original: false,
      steps: [
        {
          condition: [[{ property: 'ar', operator: 'gt', value: 1 }]],
          whenTrue: { steps: [{ width: { kind: 'pixels', value: 400 } }, { rotate: 90 }], output: { quality: 30 } },
          whenFalse: { steps: [{ height: { kind: 'pixels', value: 700 } }], output: {} },
        },
        { blur: 3 },
      ],
      output: { format: 'auto' },
      ignored: [],
    });
  });

  it('may stand in a layer, and hold layers', () => {
    expect(layersOf('l-image,i-a.png:if-w_gt_9,w-9,if-end,l-end')[0]?.steps[1]).toHaveProperty('condition');
    expect(plan('if-w_gt_9,l-text,i-x,l-end,if-end').steps[0]).toMatchObject({
      whenTrue: { steps: [{ layers: [{ text: 'x' }] }] },
    });
  });
});

describe('a layer without an input', () => {
  it.each(['i-', 'ie-'])('draws nothing, and is told: %s', (input) => {
    for (const kind of ['text', 'image']) {
      expect(plan(`w-5,l-${kind},${input},bg-FF0000,l-end,h-6`)).toMatchObject({
        steps: [{ width: { value: 5 }, height: { value: 6 } }],
        ignored: [input],
      });
      expect(plan(`l-${kind},${input},l-end`).steps).toEqual([]);
    }
  });

  it('is a mistake all the same when it is not closed, holds one, or stands on a strict endpoint', () => {
    expect(() => plan('l-text,i-')).toThrow(/closed by l-end/);
    expect(() => plan('l-text,i-,fs-x,l-end')).toThrow(/font size/);
    expect(() => readPlan([['l-text', 'i-', 'l-end']], { strict: true })).toThrow(/strict mode/);
  });

  it('is none of spaces: they are a text, and a box has its background', () => {
    expect(layersOf('l-text,i- ,bg-FF0000,l-end')).toMatchObject([{ kind: 'text', text: ' ' }]);
  });
});

describe('what is refused, with the reason', () => {
  it.each([
    ['l-image,i-a.png', 'closed by l-end'],
    ['l-image,i-a.png,if-end', 'closed by l-end'],
    ['l-end', 'after its beginning'],
    ['if-end', 'after its beginning'],
    ['w-1,if-else', 'after its beginning'],
    ['l-image,w-5,l-end', 'input'],
    ['l-text,l-end', 'input'],
    ['l-text,ie-/w==,l-end', 'base64'],
    ['l-text,ie-a,l-end', 'base64'],
    ['l-image,ie-Li4vYQ,l-end', 'dot segments'],
    ['l-image,i-..@@a,l-end', 'dot segments'],
    ['l-image,i-@@,l-end', 'path'],
    ['l-gif,i-a,l-end', 'l-image or l-text'],
    ['l-image,i-a.png,ly-x,l-end', 'from the right or bottom'],
    ['l-text,i-a,ff-Comic,l-end', 'Open Sans'],
    ['l-text,i-a,tg-u,l-end', 'strikethrough'],
    ['l-text,i-a,pa-1_2_3_4_5,l-end', 'CSS order'],
    ['l-text,i-a,al-10,l-end', 'from 1 to 9'],
    ['w-bw_div_2', 'iw, ih, iar'],
    ['w-iw_div_', 'an expression'],
    ['if-w_gt_3,w-1', 'closed by if-end'],
    ['if-w_gt_3,w-1,if-else,w-2,if-else,w-3,if-end', 'closed by if-end'],
    ['if-w_gt_3,if-h_gt_3,w-1,if-end,if-end', 'outside other conditions'],
    ['w-5,if-w_gt_3,w-1,if-end', 'alone'],
    ['if-w_gt_3,w-1,if-end,w-5', 'alone'],
    ['if-w_like_3,w-1,if-end', 'comparisons'],
  ])('%s', (text, reason) => {
    const problem = problemOf(text);

    expect(problem.code).toBe('transformation.invalid');
    expect(problem.message).toContain(reason);
  });

  it.each(['l-video,i-a.mp4,l-end', 'l-subtitles,i-a.srt,l-end', 'l-subtitle,i-a.srt,l-end'])('%s', (text) => {
    expect(problemOf(text)).toMatchObject({ code: 'transformation.unsupported' });
  });

  it('more layers, levels and characters than the limits', () => {
    const layer = 'l-image,i-a.png,l-end';
    expect(layersOf(Array(LIMITS.layers).fill(layer).join(','))).toHaveLength(LIMITS.layers);
    const nested = (levels: number) => 'l-image,i-a.png,'.repeat(levels) + Array(levels).fill('l-end').join(',');
    expect(layersOf(nested(LIMITS.layerDepth))).toHaveLength(1);

    for (const [text, limit] of [
      [
        Array(LIMITS.layers + 1)
          .fill(layer)
          .join(':'),
        LIMITS.layers,
      ],
      [nested(LIMITS.layerDepth + 1), LIMITS.layerDepth],
      [`l-text,i-${'x'.repeat(LIMITS.textCharacters + 1)},l-end`, LIMITS.textCharacters],
    ] as const) {
      expect(problemOf(text)).toMatchObject({
        code: 'transformation.limit',
        message: expect.stringContaining(String(limit)),
      });
    }
  });

  it('anything without meaning, in strict mode', () => {
    expect(() => readPlan([['w-5', 'zz-1']], { strict: true })).toThrow(/"zz-1".*strict mode/);
    expect(readPlan([['w-5']], { strict: true }).ignored).toEqual([]);
  });
});

describe('the canonical text', () => {
  it('writes inputs in the safest form and says when a layer is not trimmed', () => {
    const text = formatPlan(plan('l-image,ie-YS9iLnBuZw,t-false,l-end:l-text,i-a_b,w-9:rt-3,l-end:q-5'));

    expect(text).toEqual([
      ['l-image', 'i-a@@b.png', 't-false', 'l-end'],
      ['q-5', 'l-text', 'ie-YV9i', 'w-9'],
      ['rt-3', 'l-end'],
    ]);
  });
});

import sharp from 'sharp';
import { expect } from 'vitest';
import { LIMITS } from '../../lambda/contract/limits.ts';
import { paint } from '../images/scene.ts';
import { onCanvas } from '../images/sources.ts';
import { attack, elsewhere, raw } from './attack-case.ts';

const EXPRESSIONS = [
  'iw_div_0',
  'iw_sub_iw',
  '10_pow_999',
  '9_pow_9_pow_9',
  'ih_mul_99999999999',
  'foo_add_1',
  'iw_add_',
  'iw__add_1',
  'bw_div_2',
  'iw_mod_0',
  `iw${'_add_1'.repeat(50)}`,
];

/** Abuse of the transformation grammar, and what it may cost. */
export const TRANSFORMATION_CASES = [
  attack('XFORM-002', 'random parameters make no other variant', async ({ ask, pub }) => {
    await ask(`${pub}?tr=w-201&x=1`);
    const again = await ask(`${pub}?tr=w-201&x=2&utm_source=y`);

    expect([again.status, again.headers.get('x-cache')]).toEqual([200, ['Hit from cloudfront']]);
  }),
  attack('XFORM-004', 'results beyond the pixel limit, however they come about', async ({ ask, pub, isAlive }) => {
    const named = [
      'w-20000,h-20000,dpr-5',
      'w-8000,h-8000',
      'w-9000',
      'w-4000,dpr-5,h-4000:w-9000',
      'cm-pad_resize,w-9000,h-10',
      'w-8000,h-4000,b-4096_red',
      'ar-10000,h-10',
    ];
    for (const tr of named) expect((await ask(`${pub}?tr=${tr}`)).status, tr).toBe(400);
    // What only follows from the URL ends at the limit and says so. It is flat: time is not what is tried here.
    const turned = 'w-8192,h-200,rt-1';
    const { status, headers, body } = await ask(`${pub}?tr=${turned}`);
    const { width = 0, height = 0 } = status === 200 ? await sharp(body).metadata() : {};
    expect([status, headers.has('x-vitrine-limited')]).toEqual([200, true]);
    expect(Math.max(width, height)).toBeLessThanOrEqual(LIMITS.outputSide);
    expect(width * height).toBeLessThanOrEqual(LIMITS.outputPixels);
    await isAlive();
  }),
  raw(
    'XFORM-005',
    'a chain of a thousand steps',
    ({ pub }) => [
      `${pub}?tr=${'w-1:'.repeat(1000)}w-2`,
      `/tr:${'rt-1:'.repeat(1000)}rt-2${pub}`,
      `${pub}?${'tr=w-1&'.repeat(900)}`,
    ],
    [400, 414],
  ),
  raw(
    'XFORM-007',
    'values without bounds',
    ({ pub }) =>
      [
        'bl-1000000',
        'rt-1e300',
        'e-sharpen-1e9',
        'dpr-10000',
        'q-1000',
        'o--5',
        'w-1e309',
        'r-99999999',
        't-100000',
      ].map((tr) => `${pub}?tr=${tr}`),
    [400],
  ),
  attack('XFORM-009', 'long lists that end wrongly take no time', async ({ ask, pub, isAlive, product }) => {
    for (const key of ['conv', 'w', 'r', 'b', 'bg', 'fo', 'ar', 'pa', 'e-usm', 'e-gradient', 'cr', 'e-distort', 'if']) {
      const before = product.processorMilliseconds();
      const { status } = await ask(`${pub}?tr=${key}-${'1_'.repeat(3500)}!`);

      expect(status, key).toBe(400);
      expect(product.processorMilliseconds() - before, key).toBeLessThan(1000);
    }
    await isAlive();
  }),
  raw(
    'XFORM-010',
    'regions outside, negative, empty and beyond numbers',
    ({ pub }) =>
      [
        'cm-extract,x--5,y-99999999999,w-10,h-0',
        'cm-extract,x-5000,y-0,w-10,h-10',
        'cm-extract,xc-1,yc-1,w-100,h-100',
        'cm-extract,x-4294967296,w-10,h-10',
        'cm-extract,w-0,h-0',
      ].map((tr) => `${pub}?tr=${tr}`),
    [400],
  ),
  raw('XFORM-012', 'arithmetic that goes wrong', ({ pub }) => EXPRESSIONS.map((one) => `${pub}?tr=w-${one}`), [400]),
  attack('XFORM-014', 'a result larger than a buffered answer may be', async ({ ask, upload }) => {
    const noise = onCanvas(
      paint(2400, 1600, 3, (x, y) => [(x * 7919e3) % 256, (y * 104_729e2) % 256, ((x + y) * 15_485e3) % 256, 255]),
    );
    const path = await upload('noise.jpg', await noise.jpeg({ quality: 70 }).toBuffer());
    const { status, body } = await ask(`${path}?tr=f-png`);

    expect(status).toBe(200);
    expect(body.byteLength).toBeGreaterThan(6_000_000);
  }),
  attack('XFORM-015', 'one cold variant asked for 200 times at once is made once', async ({ ask, pub }) => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask(`${pub}?tr=w-177`)));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ headers }) => headers.get('etag')?.[0])).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('x-cache')?.[0] === 'Miss from cloudfront')).toHaveLength(1);
  }),
  raw(
    'XFORM-019',
    'names that every object has',
    ({ pub }) =>
      [
        '__proto__-1,constructor-2',
        'constructor-prototype',
        'toString',
        'hasOwnProperty-1',
        'w-__proto__',
        'c-constructor',
        'fo-toString',
        'bg-valueOf',
      ].map((tr) => `${pub}?tr=${tr}`),
    [400],
  ),
  elsewhere(
    'XFORM-017',
    'a named transformation that changes takes its pictures along',
    'test/product/endpoints.test.ts',
  ),
];

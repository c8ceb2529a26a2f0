import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';
import type { CanonicalUrl } from '../../../lambda/core/request/canonical-url.ts';
import { canonicalText } from '../../../lambda/core/request/canonical-url.ts';
import { itemKey } from '../../../lambda/core/request/dialects/imagekit/read-url.ts';
import { readCanonicalUrl } from '../../../lambda/core/request/read-canonical-url.ts';

function read(url: string): CanonicalUrl {
  const [path = '', query = ''] = url.split(/\?(.*)/s);
  const found = readCanonicalUrl(path, query, 8192, {});
  if (found.refusal !== undefined) throw new Error(found.reason);
  return found;
}

function refusalOf(url: string): number | undefined {
  const [path = '', query = ''] = url.split(/\?(.*)/s);
  return readCanonicalUrl(path, query, 8192, {}).refusal;
}

describe('a media URL', () => {
  it('reads the path form, wherever the transformation stands', () => {
    for (const url of ['/tr:w-300,h-200:rt-90/img/girl.jpg', '/img/tr:w-300,h-200:rt-90/girl.jpg']) {
      expect(read(url)).toMatchObject({ assetPath: '/img/girl.jpg', steps: [['h-200', 'w-300'], ['rt-90']] });
    }
  });

  it('gives the path and the query form the same text', () => {
    const path = read('/tr:w-300,h-200:rt-90/a.jpg');

    for (const url of [
      '/a.jpg?tr=w-300,h-200:rt-90',
      '/a.jpg?tr=h-200%2Cw-300%3Art-90',
      '/a.jpg?tr=w-300,h-200&tr=rt-90',
      '/tr:w-300,h-200/a.jpg?tr=rt-90',
      '//tr:h-200,,w-300::rt-90:/%2Fa.jpg?tr=',
      '/tr%3Aw-300%2Ch-200%3Art-90/a.jpg',
      '/a.jpg?tr=w-300,h-200:rt-90&ik-sdk-version=x&ik-s=1&ik-t=2',
    ]) {
      expect(canonicalText(read(url)), url).toBe(canonicalText(path));
      expect(read(url).assetPath, url).toBe('/a.jpg');
    }
  });

  it('drops a name for search engines, with its extension given to the file', () => {
    for (const [url, path] of [
      ['/ik-seo/folder/photo/a-fine-name.jpg', '/folder/photo.jpg'],
      ['/ik-seo/tr:h-300,w-400/photo/seo.jpg', '/photo.jpg'],
      ['/ik-seo/photo/name-without-extension', '/photo'],
      ['/ik-seo/photo/two.dots.png', '/photo.png'],
      ['/ik-seo/photo/ends-with-a-dot.', '/photo'],
      ['/ik-seo/photo/.png', '/photo.png'],
      ['/ik-seo/line%E2%80%A8break/photo/a.png', '/line\u2028break/photo.png'],
      ['/ik-seo/a.jpg', '/ik-seo/a.jpg'],
      ['/folder/ik-seo/photo/a.jpg', '/folder/ik-seo/photo/a.jpg'],
    ] as const) {
      expect(read(url).assetPath, url).toBe(path);
    }
  });

  it('lets the last of repeated items win in a plain step, and keeps effects apart', () => {
    expect(read('/tr:w-1,w-2,e-sharpen-10,e-grayscale,e-sharpen-20/a.jpg').steps).toEqual([
      ['e-grayscale', 'e-sharpen-20', 'w-2'],
    ]);
    expect(itemKey('e-sharpen-20')).toBe('e-sharpen');
    expect(itemKey('cm-extract')).toBe('cm');
    expect(itemKey('orig')).toBe('orig');
  });

  it.each([
    ['w-300', ['w-0300', 'w-300.0', 'w-300.4', 'w-299.5', 'w-000000300.000000001']],
    ['h-0.5', ['h-00.5', 'h-0.50', 'h-0.5000001']],
    ['q-80', ['q-080', 'q-80.0']],
    ['x-10', ['x-010', 'x-10.2']],
    ['dpr-2', ['dpr-02', 'dpr-2.000']],
    ['rt-90', ['rt-090']],
  ])('gives %s one text, however the number is written', (item, others) => {
    for (const other of others) {
      expect(canonicalText(read(`/a.jpg?tr=${other}`)), other).toBe(canonicalText(read(`/a.jpg?tr=${item}`)));
    }
  });

  it('leaves alone what is no number, and what is within a layer', () => {
    const items = ['bg-001122', 'n-007', 'w-iw_div_2', 'w-N20', 'rt-N090', 'w-auto', 'w-65536', 'w-.5', 'cr-007'];
    for (const item of items) expect(read(`/tr:${item}/a.jpg`).steps, item).toEqual([[item]]);
    expect(read('/tr:l-text,i-007,fs-010,l-end/a.jpg').steps).toEqual([['l-text', 'i-007', 'fs-010', 'l-end']]);
  });

  it('means the same after its numbers are written in one way', () => {
    const number = fc.tuple(fc.constantFrom('', '0', '00'), fc.double({ min: 0.0001, max: 9999, noNaN: true }));
    const written = number.map(([zeros, value]) => zeros + value.toFixed(4));

    fc.assert(
      fc.property(fc.constantFrom('w', 'h', 'x', 'y', 'xc', 'yc'), written, (key, text) => {
        const canonical = read(`/a.jpg?tr=${key}-${text}`).steps;

        expect(readPlan(canonical).steps).toEqual(readPlan([[`${key}-${text}`]]).steps);
      }),
      { numRuns: 2000 },
    );
  });

  it('rounds widths up to the endpoint’s step, outside of layers', () => {
    const snapped = (tr: string) => {
      const found = readCanonicalUrl('/a.jpg', `tr=${tr}`, 8192, { snap: 100 });
      return found.refusal === undefined && found.steps;
    };

    expect([snapped('w-301,h-301'), snapped('w-300'), snapped('w-0.5'), snapped('w-1'), snapped('w-8101')]).toEqual([
      [['h-301', 'w-400']],
      [['w-300']],
      [['w-0.5']],
      [['w-100']],
      [['w-8101']],
    ]);
    expect(snapped('l-image,i-a.png,w-31,l-end')).toEqual([['l-image', 'i-a.png', 'w-31', 'l-end']]);
  });

  it('keeps the order inside layer and conditional blocks', () => {
    const layer = 'w-300,l-image,i-b.png,w-20:rt-90,h-3,a-1,l-end';

    expect(read(`/a.jpg?tr=${layer}`).steps).toEqual([
      ['w-300', 'l-image', 'i-b.png', 'w-20'],
      ['rt-90', 'h-3', 'a-1', 'l-end'],
    ]);
    expect(read('/a.jpg?tr=if-w_gt_100,w-50,if-else,w-20,if-end:w-9,h-9').steps[1]).toEqual(['h-9', 'w-9']);
  });

  it('decodes each value once: plus is a space in the query only, and never in base64', () => {
    expect(read('/a.jpg?tr=x-a+b').steps).toEqual([['x-a b']]);
    expect(read('/tr:x-a+b/a.jpg').steps).toEqual([['x-a+b']]);
    expect(read('/a.jpg?tr=w-1,ie-YS%2Bi+c').steps[0]).toContain('ie-YS+i+c');
    expect(read('/a.jpg?tr=ie-YS%252Fi%2Cw-1').steps[0]).toContain('ie-YS/i');
  });

  it('decodes the asset path once and keeps composed and decomposed letters apart', () => {
    expect(read('/caf%C3%A9%20+.jpg').assetPath).toBe('/café +.jpg');
    expect(read('/cafe%CC%81.jpg').assetPath).not.toBe(read('/caf%C3%A9.jpg').assetPath);
    expect(read('/a%252e.jpg').assetPath).toBe('/a%2e.jpg');
  });

  it('knows when the URL itself decides the format', () => {
    expect(read('/a.jpg').fixedFormat).toBe(false);
    expect(read('/a?tr=f-auto').fixedFormat).toBe(false);
    expect(read('/a.jpg?tr=f-png').fixedFormat).toBe(true);
    expect(read('/a.jpg?tr=orig-true,w-3')).toMatchObject({ fixedFormat: true, original: true, steps: [] });
    expect(read('/a.jpg?tr=orig').original).toBe(true);
    expect(read('/report.pdf').fixedFormat).toBe(true);
  });

  it('counts other query items as identity, whatever their order', () => {
    expect(canonicalText(read('/a.jpg?x=random&width=20'))).toBe(canonicalText(read('/a.jpg')));
    expect(canonicalText(read('/a.jpg?ik-obj-version=1'))).not.toBe(canonicalText(read('/a.jpg')));
    expect(canonicalText(read('/a.jpg?v=2&b=1'))).toBe(canonicalText(read('/a.jpg?b=1&v=2')));
    expect(canonicalText(read('/a.jpg?v=2'))).not.toBe(canonicalText(read('/a.jpg?v=3')));
    expect(canonicalText(read('/a.jpg?ik-attachment=true'))).not.toBe(canonicalText(read('/a.jpg')));
    for (const item of ['ik-x', 'ik-x=1', 'ik-sanitizeSvg=true', 'ik-attachment', 'ik-attachment=false', 'ik-=']) {
      expect(canonicalText(read(`/a.jpg?${item}`)), item).toBe(canonicalText(read('/a.jpg')));
    }
  });

  it.each([
    '/a/../b.jpg',
    '/a/%2e%2e/b.jpg',
    '/a/.%2E%2Fb.jpg',
    '/%00a.jpg',
    '/a%5Cb.jpg',
    '/a\\b.jpg',
    '/a%0d%0ab.jpg',
    '/a%C2%85.jpg',
    '/%ff.jpg',
    '/%.jpg',
    '/é.jpg',
    'a.jpg',
    '/a.jpg?ik-s=1&ik-s=2',
    '/a.jpg?ik-t=1&ik-t=1',
    '/a.jpg?tr=w-%zz',
  ])('refuses %s', (url) => {
    expect(refusalOf(url)).toBe(400);
  });

  it('refuses more than the limit in bytes', () => {
    expect(refusalOf(`/${'a'.repeat(8190)}`)).toBeUndefined();
    expect(refusalOf(`/${'a'.repeat(8191)}?`)).toBe(414);
  });

  it('never throws and never lets a dot segment or a control character through', () => {
    const path = fc.string({
      unit: fc.constantFrom('a', '.', '/', '%', '2', 'e', 'f', '5', 'c', '0', ':', 't', 'r', ','),
    });

    fc.assert(
      fc.property(path, path, (rawPath, rawQuery) => {
        const found = readCanonicalUrl(`/${rawPath}`, rawQuery, 8192, {});

        if (found.refusal === undefined) {
          const segments = found.assetPath.split('/').slice(1);
          expect(segments).not.toContain('.');
          expect(segments).not.toContain('..');
          expect([...found.assetPath].every((character) => character >= ' ' && character !== '\\')).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('gives the same text for every order, escape and place of the same items', () => {
    const item = fc.tuple(
      fc.constantFrom('w', 'h', 'q', 'fo', 'bl', 'rt'),
      fc.constantFrom('1', '20', 'a b', 'x/y', 'ü'),
    );
    const step = fc.uniqueArray(item, { selector: ([key]) => key, minLength: 1, maxLength: 5 });

    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 4 }), fc.boolean(), (steps, reversed) => {
        const written = steps.map((one) => one.map(([key, value]) => `${key}-${encodeURIComponent(value)}`));
        const shuffled = written.map((one) => (reversed ? one.toReversed() : one).join(',')).join(':');
        const plain = written.map((one) => one.join(',')).join(':');

        const expected = canonicalText(read(`/tr:${plain}/a.jpg`));
        expect(canonicalText(read(`/a.jpg?tr=${shuffled}`))).toBe(expected);
        expect(canonicalText(read(`/tr:${shuffled}/a.jpg`))).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });
});

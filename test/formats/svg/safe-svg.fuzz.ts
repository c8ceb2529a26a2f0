import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Problem } from '../../../lambda/core/kernel/problems.ts';
import { sanitiseSvg } from '../../../lambda/formats/svg/drawing.ts';

/** Elements that run or load, or look as if. */
const ELEMENTS = [
  '<script>alert(1)</script>',
  '<a href="javascript:alert(1)"><text>a</text></a>',
  '<set attributeName="href" to="javascript:alert(1)"/>',
  '<animate attributeName="xlink:href" values="javascript:alert(1)"/>',
  '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(1)"/></foreignObject>',
  '<image href="http://e.example/"/>',
  '<x:use xmlns:x="http://www.w3.org/2000/svg" href="http://e.example/#a"/>',
  '<rect onload="alert(1)" fill="url(http://e.example/)"/>',
  '<title><![CDATA[</title><script>alert(1)</script>]]></title>',
  '<desc><style>a</style></desc>',
  '<!-- <script> -->',
  '<?xml-stylesheet href="http://e.example/"?>',
  '&lt;script&gt;alert(1)',
  '<g><g onclick="a"/></g>',
];

/** Pieces of style sheets that come together in every way. */
const STYLES = [
  '@import ',
  '@imp',
  'ort ',
  '@\\69mport ',
  '@charset "x";',
  '"http://e.example/"',
  'http://e.example/',
  'u\\72l(',
  'url(',
  'ur',
  'l(',
  'src(',
  'image-set(',
  ')',
  '{',
  '}',
  ';',
  'a',
  'fill:',
  '/*',
  '*/',
  '\\',
  ' ',
  '&quot;',
  '\n',
];

const style = fc.array(fc.constantFrom(...STYLES), { maxLength: 12 }).map((pieces) => pieces.join(''));

const markup = fc.oneof(
  fc.constantFrom(...ELEMENTS),
  style.map((css) => `<style>${css}</style>`),
  style.map((css) => `<g style='${css}' fill='${css}'/>`),
  style.map((css) => `<animate attributeName="fill" to='${css}'/>`),
);

/** Within a tag: what a browser would run or load. */
const DANGEROUS =
  /<(?:\w+:)?(?:script|foreignObject|iframe|body)\b|<[^>]*\s(?:on\w+|src)=|<[^>]*href="(?!#|https?:|mailto:|data:image)|<(?!a\b)[^>]*href="https?:/i;

/** In CSS of which only the bare words are left. */
const LOADING = /(?<![\w-])url\(\s*http|(?<![\w-])url\(\s*string\s*\)|@import/i;

/** CSS without comments, with an x for each escaped sign and a word for each string. */
const bareCss = (written: string): string =>
  written
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\\[^\n]|\/\*.*?(?:\*\/|$)|"(?:\\(?:.|$)|[^"\n\\])*(?:"|$)/gs, (part) =>
      part.startsWith('\\') ? 'x' : part.startsWith('/') ? ' ' : ' string ',
    );

test('no mixture of attacks comes through, and what comes through is stable', () => {
  fc.assert(
    fc.property(fc.array(markup, { maxLength: 6 }), (pieces) => {
      const file = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${pieces.join('')}</svg>`);
      const safe = Buffer.from(sanitiseSvg(file)).toString();
      expect(safe).not.toMatch(DANGEROUS);
      for (const [, sheet, value] of safe.matchAll(/<style>(.*?)<\/style>|\s(?:style|fill|to)="([^"]*)"/gs)) {
        expect(bareCss(sheet ?? value ?? '')).not.toMatch(LOADING);
      }
      expect(Buffer.from(sanitiseSvg(Buffer.from(safe))).toString()).toBe(safe);
    }),
    { numRuns: 3000 },
  );
});

test('no bytes make it fail in another way than with a Problem', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        sanitiseSvg(Buffer.concat([Buffer.from('<svg>'), bytes, Buffer.from('</svg>')]));
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
      }
    }),
  );
});

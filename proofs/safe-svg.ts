import fc from 'fast-check';
import { expect } from 'vitest';
import { Problem } from '../lambda/core/kernel/problems.ts';
import { sanitiseSvg } from '../lambda/formats/svg/drawing.ts';
import { checkProperty } from './check-property.ts';
import type { Proof } from './proof.ts';

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

/** The sanitiser of SVG files that browsers are given. */
export const SAFE_SVG: Proof<{ mixtures: number; damaged: number }> = {
  name: 'safe-svg',
  sentence: 'No mixture of known attacks comes through the sanitiser of SVG; no bytes make it fail in an unknown way.',
  small: { mixtures: 3000, damaged: 100 },
  full: { mixtures: 300_000, damaged: 300_000 },
  async run({ mixtures, damaged }, seed, report) {
    const counts = { 'mixtures made safe': 0, 'damaged files refused': 0, 'damaged files made safe': 0 };
    const mixture = fc.property(fc.array(markup, { maxLength: 6 }), (pieces) => {
      expectSafe(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${pieces.join('')}</svg>`));
      counts['mixtures made safe']++;
      report(`${counts['mixtures made safe']} of ${mixtures} mixtures`);
    });
    await checkProperty('no mixture of attacks comes through', mixture, { runs: mixtures, seed });

    const anyBytes = fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const outcome = sanitiseOrProblem(Buffer.concat([Buffer.from('<svg>'), bytes, Buffer.from('</svg>')]));
      counts[outcome instanceof Problem ? 'damaged files refused' : 'damaged files made safe']++;
    });
    await checkProperty('no bytes make it fail in another way than with a Problem', anyBytes, { runs: damaged, seed });
    return counts;
  },
};

/** Nothing that runs or loads is left, and what is left is left as it is when it is made safe again. */
function expectSafe(file: Buffer): void {
  const safe = Buffer.from(sanitiseSvg(file)).toString();
  expect(safe).not.toMatch(DANGEROUS);
  for (const [, sheet, value] of safe.matchAll(/<style>(.*?)<\/style>|\s(?:style|fill|to)="([^"]*)"/gs)) {
    expect(bareCss(sheet ?? value ?? '')).not.toMatch(LOADING);
  }
  expect(Buffer.from(sanitiseSvg(Buffer.from(safe))).toString()).toBe(safe);
}

function sanitiseOrProblem(file: Buffer): Uint8Array | Problem {
  try {
    return sanitiseSvg(file);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

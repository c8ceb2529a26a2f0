import { expect, test } from 'vitest';
import { safeCss } from '../../../lambda/formats/svg/safe-css.ts';

test.each([
  ['@import "http://e.example/a.css";a{b:c}', ' a{b:c}'],
  ['@IMPORT url(x) screen;a{}', ' a{}'],
  ['@\\69mport "x";a{}', ' a{}'],
  ['@import "x"', ' '],
  ['@namespace url(x);a{}', ' a{}'],
  ['@document url(x){a{b:c}}d{}', ' d{}'],
  ['a{b:url(http://e.example/)}', 'a{b: none }'],
  ['a{b:URL( "http://e.example/" )}', 'a{b: none }'],
  ["a{b:url('x' format(y))}", 'a{b: none }'],
  ['a{b:url(var(--x))}', 'a{b: none )}'],
  ['a{b:image-set("http://e.example/" 1x, url(#a) 2x)}', 'a{b: none }'],
  ['a{b:src("x")}', 'a{b: none }'],
  ['a{b:expression(alert(1))}', 'a{b: none }'],
  ['a{-moz-binding:url(#x)}', 'a{ none :url(#x)}'],
  ['a{b:url(java script:x)}', 'a{b: none }'],
  ['a{b:"x\ny"}', 'a{b: none \ny"}'],
])('%s becomes %s', (css, expected) => {
  expect(safeCss(css)).toBe(expected);
});

test.each([
  '.a > b:nth-child(2n+1)::before{fill:url(#g);content:"url(x)"}',
  '@media (min-width: 3px){.b{stroke:rgb(1 2 3)}}',
  '@font-face{font-family:x;src:url(data:font/woff2;base64,d09GMgABAAAA)}',
  '@keyframes k{from{opacity:0}to{opacity:1}}',
  'a{b:url(data:image/png;base64,iVBORw0KGgo=)}',
  'a{width:calc(1px + var(--x))}/* url(http://e.example) */',
])('%s stays', (css) => {
  expect(safeCss(css)).toBe(css);
});

test('what is left out brings nothing together that would load', () => {
  for (const css of [
    'a{b:url@import "x";(http://x)}',
    'a{b:u@import "x";rl(http://x)}',
    'a{b:ur@charset "x";l("http://x")}',
  ]) {
    expect(safeCss(css)).not.toMatch(/url\(\s*["']?http/);
  }
});

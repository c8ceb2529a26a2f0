import { expect, test } from 'vitest';
import { readItems } from '../../../../lambda/core/settings/named-transformations/read-items.ts';

test.each([
  ['w-300,h-200:rt-90', [['h-200', 'w-300'], ['rt-90']]],
  ['tr:w-300', [['w-300']]],
  [' w-300 ', [['w-300']]],
  ['orig-true', [['orig-true']]],
  ['l-text,i-Grüße an alle,l-end', [['l-text', 'i-Grüße an alle', 'l-end']]],
  ['l-text,i-100%25%2C%20yes,l-end', [['l-text', 'i-100%, yes', 'l-end']]],
  ['l-image,i-a/b?c#d.png,l-end', [['l-image', 'i-a/b?c#d.png', 'l-end']]],
  [':,', []],
])('%j means %j', (text, steps) => {
  expect(readItems(text)).toEqual(steps);
});

test.each(['w-%zz', 'w-%ff'])('%j is refused', (text) => {
  expect(() => readItems(text)).toThrow(expect.objectContaining({ code: 'name.invalid' }));
});

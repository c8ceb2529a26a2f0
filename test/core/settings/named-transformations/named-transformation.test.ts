import { expect, test } from 'vitest';
import { stepsWritten } from '../../../../lambda/core/settings/named-transformations/named-transformation.ts';

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
  expect(stepsWritten(text)).toEqual(steps);
});

test.each(['w-%zz', 'w-%ff'])('%j is refused', (text) => {
  expect(() => stepsWritten(text)).toThrow(expect.objectContaining({ code: 'name.invalid' }));
});

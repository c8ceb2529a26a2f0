import { expect, test } from 'vitest';
import { fromAkamai } from '../../../lambda/core/rewriters/akamai.ts';

test('width and height are ours; what is no number is left out, and told', () => {
  expect(fromAkamai('imheight=100&imwidth=200')).toEqual({ steps: [['h-100', 'w-200']], dropped: [] });
  expect(fromAkamai('imheight=&imwidth=wide')).toEqual({ steps: [[]], dropped: ['imheight=', 'imwidth=wide'] });
});

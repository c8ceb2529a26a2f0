import { expect, test } from 'vitest';
import { joinPieces } from '../../lambda/api/joined-pieces.ts';

const whole = Buffer.from('the bytes of a form');

test('pieces that lie side by side are seen as one, without a copy', () => {
  const joined = joinPieces([whole.subarray(4, 9), whole.subarray(9, 12), whole.subarray(12, 19)]);

  expect(joined.toString()).toBe('bytes of a form');
  expect(joined.buffer).toBe(whole.buffer);
  expect(joined.byteOffset).toBe(whole.byteOffset + 4);
});

test.each([
  ['a gap', [whole.subarray(0, 3), whole.subarray(4, 9)], 'thebytes'],
  ['another order', [whole.subarray(4, 9), whole.subarray(0, 4)], 'bytesthe '],
  ['a piece twice', [whole.subarray(0, 3), whole.subarray(0, 3)], 'thethe'],
  ['other memory', [whole.subarray(0, 4), Buffer.alloc(5, 'x')], 'the xxxxx'],
  ['nothing', [], ''],
])('pieces with %s between them are put together in their order', (_, pieces, text) => {
  expect(joinPieces(pieces).toString()).toBe(text);
});

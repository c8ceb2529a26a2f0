import { expect, it } from 'vitest';
import { pauseAfter } from '../../../lambda/core/webhooks/deliver-message.ts';

it('tries seven times more, over 28 hours, and no more', () => {
  const pauses = Array.from({ length: 9 }, (_, index) => pauseAfter(index + 1, 0.5));

  expect(pauses).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 36_000, undefined, undefined]);
});

it('spreads what failed together', () => {
  expect([pauseAfter(2, 0), pauseAfter(2, 0.999)]).toEqual([240, 360]);
});

it('waits no longer than a queue can hide a message', () => {
  expect(pauseAfter(7, 0.999_999)).toBeLessThanOrEqual(43_200);
});

import { expect, test } from 'vitest';
import { createThrottle } from '../../../src/services/http-api/throttle.ts';

test('a burst is admitted at once, then as many as the rate allows', () => {
  let time = 0;
  const admits = createThrottle({ rateLimit: 50, burstLimit: 100 }, () => time);
  const admitted = () => Array.from({ length: 500 }, admits).filter(Boolean).length;

  expect(admitted()).toBe(100);
  time += 1000;
  expect(admitted()).toBe(50);
  time += 60_000;
  expect(admitted()).toBe(100);
});

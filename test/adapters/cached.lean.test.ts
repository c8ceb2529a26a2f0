import { expect, test } from 'vitest';
import { cached } from '../../lambda/adapters/cached.lean.ts';

test('a value is loaded once while it is fresh, also by many at once, and again afterwards', async () => {
  let now = 0;
  let loads = 0;
  const value = cached(
    async () => ++loads,
    1000,
    () => now,
  );

  expect(await Promise.all([value(), value(), value()])).toEqual([1, 1, 1]);
  now = 999;
  expect(await value()).toBe(1);
  now = 1000;
  expect(await value()).toBe(2);
});

test.each([3_600_000, -3_600_000])('a clock that jumps by %i milliseconds makes nothing last longer', async (jump) => {
  let now = 10_000_000;
  let loads = 0;
  const value = cached(
    async () => ++loads,
    1000,
    () => now,
  );
  await value();

  now += jump;

  expect(await value()).toBe(2);
  expect(await value()).toBe(2);
});

test('a failed load is not remembered', async () => {
  const answers = [Promise.reject(new Error('throttled')), Promise.resolve('ok')];
  const value = cached(() => answers.shift() as Promise<string>, 1000);

  await expect(value()).rejects.toThrow('throttled');
  expect(await value()).toBe('ok');
});

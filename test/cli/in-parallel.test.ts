import { expect, it } from 'vitest';
import { inParallel } from '../../cli/in-parallel.ts';

it('works on each thing once, on some at once, and on no more', async () => {
  let [running, most] = [0, 0];
  const done: number[] = [];
  await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    most = Math.max(most, ++running);
    await new Promise((ended) => setTimeout(ended, item % 2 ? 3 : 1));
    running--;
    done.push(item);
  });

  expect(done.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

it('begins nothing after a failure, waits for what runs, and throws it', async () => {
  const begun: number[] = [];
  let isEnded = false;
  const all = inParallel([1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    await new Promise((ended) => setTimeout(ended, item * 5));
    if (item === 1) throw new Error('broken');
    isEnded = true;
  });

  await expect(all).rejects.toThrow('broken');
  expect(isEnded).toBe(true);
  expect(begun.length).toBeLessThan(4);
});

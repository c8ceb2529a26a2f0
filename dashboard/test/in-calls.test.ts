import { expect, it } from 'vitest';
import { inCalls } from '../src/tasks/in-calls.ts';

async function* parts(...sizes: number[]) {
  let next = 0;
  for (const size of sizes) yield Array.from({ length: size }, () => next++);
}

it.each([
  ['parts that are larger than a call', [5], [2, 2, 1]],
  ['parts that are smaller', [1, 1, 1], [2, 1]],
  ['parts that end with a call', [3, 1], [2, 2]],
  ['empty parts', [0, 2, 0], [2]],
  ['no part', [], []],
])('regroups %s', async (_, sizes, expected) => {
  const calls: (readonly number[])[] = [];
  for await (const call of inCalls(parts(...sizes), 2)) calls.push(call);

  expect(calls.map(({ length }) => length)).toEqual(expected);
  expect(calls.flat()).toEqual(Array.from({ length: calls.flat().length }, (_, index) => index));
});

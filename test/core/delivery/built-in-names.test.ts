import { expect, test } from 'vitest';
import { expandBuiltInNames } from '../../../lambda/core/delivery/built-in-names.ts';
import { readPlan } from '../../../lambda/core/transform/read-plan.ts';

test.each(['n-ik_ml_thumbnail', 'n-media_library_thumbnail'])('%s stands for a thumbnail, in its place', (name) => {
  const steps = expandBuiltInNames([['rt-90'], [name, 'q-40']]);

  expect(steps).toEqual([['rt-90'], ['w-300', 'h-300', 'c-at_max', 'q-40']]);
  expect(readPlan(steps).steps[1]).toMatchObject({ width: { value: 300 }, crop: 'at_max' });
});

test('other names stay as they are', () => {
  expect(expandBuiltInNames([['n-mine', 'w-1'], []])).toEqual([['n-mine', 'w-1'], []]);
});

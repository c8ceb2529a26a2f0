import { expect, test } from 'vitest';
import { readPlan } from '../../../../lambda/core/plan/read-plan.ts';
import { expandNames } from '../../../../lambda/core/settings/named-transformations/expand-names.ts';

const named = (name: string, transformation: string, enabled = true) =>
  [name, { id: name, name, transformation, enabled, createdAt: '', revision: 1 }] as const;
const known = new Map([
  named('thumb', 'w-100,h-80'),
  named('chain', 'w-200:rt-90'),
  named('two', 'n-thumb,q-40'),
  named('three', 'n-two'),
  named('four', 'n-three'),
  named('loop', 'w-1:n-loop'),
  named('off', 'w-1', false),
  named('orig', 'orig-true'),
  named('many', Array.from({ length: 20 }, () => 'n-half').join(':')),
  named('half', Array.from({ length: 20 }, (_, index) => `x${index}-1,y${index}-1`).join(':')),
]);
const find = async (name: string) => known.get(name);
const stepsOf = async (steps: string[][]) => (await expandNames(steps, find)).steps;

test.each([
  [[['n-thumb']], [['h-80', 'w-100']]],
  [
    [['rt-90'], ['n-thumb']],
    [['rt-90'], ['h-80', 'w-100']],
  ],
  [[['n-chain', 'q-40']], [['w-200'], ['rt-90', 'q-40']]],
  [[['n-three']], [['h-80', 'w-100', 'q-40']]],
  [[['w-1', 'h-2']], [['w-1', 'h-2']]],
  [[['n-orig']], [['orig-true']]],
  [
    [['l-image', 'i-a.png', 'n-chain', 'l-end']],
    [
      ['l-image', 'i-a.png', 'w-200'],
      ['rt-90', 'l-end'],
    ],
  ],
])('%j means %j', async (steps, expected) => {
  expect(await stepsOf(steps)).toEqual(expected);
});

test('what the URL says itself has the last word, wherever the name stands', async () => {
  for (const step of [
    ['n-thumb', 'w-300'],
    ['w-300', 'n-thumb'],
  ]) {
    const { steps } = readPlan(await stepsOf([step]));
    expect(steps[0]).toMatchObject({ width: { value: 300 }, height: { value: 80 } });
  }
});

test('all names are told that a picture is made with', async () => {
  expect([...(await expandNames([['n-three'], ['n-chain']], find)).names.keys()]).toEqual([
    'three',
    'two',
    'thumb',
    'chain',
  ]);
});

test.each(['n-ik_ml_thumbnail', 'n-media_library_thumbnail'])('%s is built in', async (name) => {
  const { steps, names } = await expandNames([[name, 'q-40']], () => Promise.reject(new Error('asked')));

  expect(steps).toEqual([['w-300', 'h-300', 'c-at_max', 'q-40']]);
  expect(names.size).toBe(0);
});

test.each([
  ['n-nobody', 'no named transformation "nobody"', 'name.unknown'],
  ['n-off', 'no named transformation "off"', 'name.unknown'],
  ['n-', 'no named transformation ""', 'name.unknown'],
  ['n-constructor', 'no named transformation "constructor"', 'name.unknown'],
  ['n-four', 'nested to 3 levels', 'transformation.limit'],
  ['n-loop', 'nested to 3 levels', 'transformation.limit'],
  ['n-many', '500 items', 'transformation.limit'],
])('%s is refused', async (item, reason, code) => {
  await expect(stepsOf([[item]])).rejects.toThrow(reason);
  await expect(stepsOf([[item]])).rejects.toMatchObject({ code });
});

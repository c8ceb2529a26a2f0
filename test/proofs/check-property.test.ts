import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkProperty } from '../../proofs/check-property.ts';

const casesOf = async (seed: number): Promise<number[]> => {
  const cases: number[] = [];
  const any = fc.property(fc.nat(), (value) => void cases.push(value));
  await checkProperty('it is seen', any, { runs: 50, seed });
  return cases;
};

it('tries the same cases for the same seed', async () => {
  expect(await casesOf(1)).toEqual(await casesOf(1));
  expect(await casesOf(1)).not.toEqual(await casesOf(2));
  expect(await casesOf(1)).toHaveLength(50);
});

it('says what does not hold, with the seed and the case', async () => {
  const small = fc.property(fc.nat(), (value) => value < 10);

  const failure = checkProperty('numbers are small', small, { runs: 100, seed: 7 });

  await expect(failure).rejects.toThrow(/"numbers are small" does not hold.*seed: 7.*Counterexample: \[10\]/s);
});

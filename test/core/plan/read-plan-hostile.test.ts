import { describe, expect, it } from 'vitest';
import { Problem } from '../../../lambda/core/kernel/problems.ts';
import { OPERATIONS } from '../../../lambda/core/plan/operations/table.ts';
import { UNSUPPORTED_OPERATIONS } from '../../../lambda/core/plan/operations/unsupported.ts';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';
import { processorMilliseconds } from '../../processor-time.ts';

const KEYS = [...OPERATIONS, ...UNSUPPORTED_OPERATIONS].flatMap(({ keys }) => [...keys]);

describe('readPlan, given what nobody means', () => {
  it('needs no more time for a long text than its length explains', async () => {
    for (const key of KEYS) {
      for (const piece of ['1', '1_', '1-', 'a', 'N', '.', '1.', 'dog_', 'iw_', '0.']) {
        const item = `${key}-${piece.repeat(8000 / piece.length)}!`;

        const spent = await processorMilliseconds(() => readOrProblem([[item]]));

        expect(spent, `${key} with ${piece}`).toBeLessThan(100);
      }
    }
  });

  it('leaves the prototype of objects alone', () => {
    readOrProblem([['__proto__-1', 'w-__proto__', 'constructor-prototype', 'c-constructor', 'fo-toString']]);

    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(readOrProblem([['c-constructor']])).toBeInstanceOf(Problem);
    expect(readOrProblem([['fo-toString']])).toBeInstanceOf(Problem);
    expect(readOrProblem([['bg-constructor']])).toBeInstanceOf(Problem);
  });
});

/** Anything else that is thrown fails the test. */
function readOrProblem(steps: string[][]) {
  try {
    return readPlan(steps);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

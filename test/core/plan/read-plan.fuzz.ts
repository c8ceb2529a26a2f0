import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../lambda/core/kernel/problems.ts';
import { formatPlan } from '../../../lambda/core/plan/format-plan.ts';
import { OPERATIONS } from '../../../lambda/core/plan/operations/table.ts';
import { UNSUPPORTED_OPERATIONS } from '../../../lambda/core/plan/operations/unsupported.ts';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';
import { SAMPLE_ITEMS } from './arbitrary-steps.ts';

const KEYS = [...OPERATIONS, ...UNSUPPORTED_OPERATIONS].flatMap(({ keys }) => [...keys]);

/** Pieces that values are made of, so that nonsense comes near to sense. */
const PIECES = [
  'N',
  '-',
  '_',
  '.',
  '0',
  '1',
  '99',
  '65535',
  '1e9',
  'max',
  'true',
  'auto',
  'iw',
  'div',
  '#',
  'FF',
  'é',
  '\u0000',
  '💥',
];

const nearValue = fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join(''));
const nearItem = fc
  .tuple(
    fc.constantFrom(...KEYS),
    fc.oneof(nearValue, fc.string({ unit: 'binary', maxLength: 20 }), fc.double().map(String)),
  )
  .map(([key, text]) => `${key}-${text}`);
const damaged = fc
  .tuple(fc.constantFrom(...SAMPLE_ITEMS), fc.nat(12), fc.string({ unit: 'binary', maxLength: 2 }))
  .map(([item, at, text]) => item.slice(0, at) + text + item.slice(at + 1));
const anything = fc.oneof(fc.string({ unit: 'binary' }), nearItem, damaged, fc.constantFrom(...SAMPLE_ITEMS, ...KEYS));

describe('readPlan, given anything', () => {
  it('gives a plan that can be written and read again, or a problem that is the client’s own', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anything, { maxLength: 4 }), { maxLength: 24 }), (steps) => {
        const plan = readOrProblem(steps);

        if (plan instanceof Problem) {
          expect(plan.status).toBe(400);
          expect(plan.message.length).toBeLessThan(600);
        } else expect(readPlan(formatPlan(plan))).toEqual({ ...plan, ignored: [] });
      }),
      { numRuns: 4000, interruptAfterTimeLimit: 3000 },
    );
  });

  it('judges every single item alone', () => {
    fc.assert(
      fc.property(anything, (item) => {
        const plan = readOrProblem([[item]]);

        if (plan instanceof Problem) expect(plan.code).toMatch(/^transformation\.(invalid|unsupported)$/);
        else expect(readPlan(formatPlan(plan))).toEqual({ ...plan, ignored: [] });
      }),
      { numRuns: 8000, interruptAfterTimeLimit: 3000 },
    );
  });

  it('needs no more time for a long text than its length explains', () => {
    for (const key of KEYS) {
      for (const piece of ['1', '1_', '1-', 'a', 'N', '.', '1.', 'dog_', 'iw_', '0.']) {
        const item = `${key}-${piece.repeat(8000 / piece.length)}!`;
        const start = performance.now();

        readOrProblem([[item]]);

        expect(performance.now() - start, `${key} with ${piece}`).toBeLessThan(100);
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

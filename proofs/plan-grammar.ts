import fc from 'fast-check';
import { expect } from 'vitest';
import { Problem } from '../lambda/core/kernel/problems.ts';
import { formatPlan } from '../lambda/core/plan/format-plan.ts';
import { OPERATIONS } from '../lambda/core/plan/operations/table.ts';
import { UNSUPPORTED_OPERATIONS } from '../lambda/core/plan/operations/unsupported.ts';
import type { Plan } from '../lambda/core/plan/plan.ts';
import { readPlan } from '../lambda/core/plan/read-plan.ts';
import { SAMPLE_ITEMS } from '../test/core/plan/arbitrary-steps.ts';
import { checkProperty } from './check-property.ts';
import type { Proof } from './proof.ts';

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

/** The grammar of transformations, given anything. */
export const PLAN_GRAMMAR: Proof<{ plans: number; items: number }> = {
  name: 'plan-grammar',
  sentence: 'Any text is read as a plan that can be written and read again, or refused with a problem of the client.',
  small: { plans: 4000, items: 8000 },
  full: { plans: 200_000, items: 400_000 },
  async run({ plans, items }, seed, report) {
    const counts = { 'plans read': 0, 'plans refused': 0, 'items read': 0, 'items refused': 0 };
    const steps = fc.array(fc.array(anything, { maxLength: 4 }), { maxLength: 24 });
    const anyPlan = fc.property(steps, (texts) => {
      const plan = readOrProblem(texts);
      if (plan instanceof Problem) expectClientProblem(plan);
      else expectReadAgain(plan);
      counts[plan instanceof Problem ? 'plans refused' : 'plans read']++;
      report(`${counts['plans read'] + counts['plans refused']} of ${plans} plans`);
    });
    await checkProperty('a plan can be written and read again, or is refused', anyPlan, { runs: plans, seed });

    const anyItem = fc.property(anything, (item) => {
      const plan = readOrProblem([[item]]);
      if (plan instanceof Problem) expect(plan.code).toMatch(/^transformation\.(invalid|unsupported)$/);
      else expectReadAgain(plan);
      counts[plan instanceof Problem ? 'items refused' : 'items read']++;
      report(`${counts['items read'] + counts['items refused']} of ${items} items`);
    });
    await checkProperty('every item is judged alone', anyItem, { runs: items, seed });
    return counts;
  },
};

function expectClientProblem(problem: Problem): void {
  expect(problem.status).toBe(400);
  expect(problem.message.length).toBeLessThan(600);
}

function expectReadAgain(plan: Plan): void {
  expect(readPlan(formatPlan(plan))).toEqual({ ...plan, ignored: [] });
}

/** Anything else that is thrown fails the proof. */
function readOrProblem(steps: string[][]): Plan | Problem {
  try {
    return readPlan(steps);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

import fc from 'fast-check';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import { writeItem } from '../../../lambda/core/transform/item.ts';
import { OPERATIONS } from '../../../lambda/core/transform/operations/table.ts';
import type { Plan } from '../../../lambda/core/transform/plan.ts';
import { readPlan } from '../../../lambda/core/transform/read-plan.ts';

/** Every item that the table can make from its samples, but the one that makes all others meaningless. */
export const SAMPLE_ITEMS: readonly string[] = OPERATIONS.filter(({ meaning }) => meaning.scope !== 'original').flatMap(
  ({ keys, meaning }) => keys.flatMap((key) => meaning.samples.map((text) => writeItem(key, text))),
);

/** Steps of valid items; keys repeat at times. */
export const arbitrarySteps: fc.Arbitrary<string[][]> = fc.array(
  fc.array(fc.constantFrom(...SAMPLE_ITEMS), { maxLength: 8 }),
  { maxLength: LIMITS.steps },
);

/** Plans as a URL can give them. */
export const arbitraryPlan: fc.Arbitrary<Plan> = arbitrarySteps.map((steps) => readPlan(steps));

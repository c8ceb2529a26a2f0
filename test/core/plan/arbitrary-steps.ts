import fc from 'fast-check';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import { writeItem } from '../../../lambda/core/plan/item.ts';
import type { Operation } from '../../../lambda/core/plan/operations/operation.ts';
import { BRANCH_TABLE, LAYER_TABLES, OPERATIONS } from '../../../lambda/core/plan/operations/table.ts';
import type { Plan, Step } from '../../../lambda/core/plan/plan.ts';
import { isBranching } from '../../../lambda/core/plan/plan.ts';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';

const itemsOf = (operations: readonly Operation[]): string[] =>
  operations
    .filter(({ meaning }) => meaning.scope !== 'original')
    .flatMap(({ keys, meaning }) => keys.flatMap((key) => meaning.samples.map((text) => writeItem(key, text))));

/** Every item that the table can make from its samples, but the one that makes all others meaningless. */
export const SAMPLE_ITEMS: readonly string[] = itemsOf(OPERATIONS);

const BRANCH_ITEMS = itemsOf(BRANCH_TABLE.operations);

/** Values that are computed; `b` has a meaning in layers only. */
const COMPUTED = [
  'dn-idn_mul_2',
  'w-iw_div_2',
  'h-ih_mul_0.25_add_10',
  'ar-car',
  'x-cw_sub_10',
  'b-cw_mul_0.05_yellow',
  'dpr-iar',
];
const COMPUTED_IN_LAYERS = ['w-bw_div_2', 'lx-bw_sub_cw_div_2', 'ly-N0', 'lyc-bh_div_2'];

const CONDITIONS = ['if-w_gt_300', 'if-ar_lte_4-3_and_ih_ne_0.5', 'if-iar_eq_1.5_or_h_lt_10_and_iw_gte_7'];

/** Steps of valid items; keys repeat at times. */
export const arbitrarySteps: fc.Arbitrary<string[][]> = fc.array(
  fc.array(fc.constantFrom(...SAMPLE_ITEMS, ...COMPUTED), { maxLength: 8 }),
  { maxLength: LIMITS.steps },
);

type Wanted = (item: string) => boolean;

const few = (items: readonly string[]) => fc.array(fc.constantFrom(...items), { maxLength: 4 });

/** A layer as items; in at most one place it holds another one. */
const layer = (depth: number, isWanted: Wanted): fc.Arbitrary<string[]> =>
  fc
    .record({
      input: fc.constantFrom(
        ['l-image', 'i-logo.png'],
        ['l-image', 'ie-YS9iIGMvZC5wbmc'],
        ['l-image', 'i-ik_canvas'],
        ['l-text', 'i-Hello_World'],
        ['l-text', 'ie-4pyTIMOpLCA6'],
      ),
      inner: depth > 1 ? fc.option(layer(depth - 1, isWanted), { nil: [] as string[] }) : fc.constant([] as string[]),
      shuffle: fc.boolean(),
    })
    .chain(({ input, inner, shuffle }) => {
      const kind = input[0] === 'l-text' ? 'text' : input[1] === 'i-ik_canvas' ? 'canvas' : 'image';
      const computed = kind === 'image' ? [...COMPUTED_IN_LAYERS, ...COMPUTED] : COMPUTED_IN_LAYERS;
      const own = itemsOf(LAYER_TABLES[kind].operations).filter(isWanted);
      const items = few([...own, ...(kind === 'text' ? ['ly-N0'] : computed)]);
      return items.map((own) =>
        shuffle
          ? [input[0] as string, ...own, input[1] as string, ...inner, 'l-end']
          : [...input, ...own, ...inner, 'l-end'],
      );
    });

/** Steps of every kind: plain ones, with layers, conditions. */
export const blocksOf = (isWanted: Wanted): fc.Arbitrary<string[][]> => {
  const [items, inBranch] = [SAMPLE_ITEMS.filter(isWanted), BRANCH_ITEMS.filter(isWanted)];
  return fc.array(
    fc.oneof(
      few([...items, ...COMPUTED]),
      fc.tuple(few(items), layer(3, isWanted)).map(([before, own]) => [...before, ...own]),
      fc
        .tuple(fc.constantFrom(...CONDITIONS), few(inBranch), few(inBranch), fc.boolean())
        .map(([condition, then, otherwise, both]) => [
          condition,
          ...then,
          ...(both ? ['if-else', ...otherwise] : []),
          'if-end',
        ]),
    ),
    { maxLength: 2 },
  );
};

export const arbitraryBlocks = blocksOf(() => true);

/** Plans as a URL can give them. */
export const arbitraryPlan: fc.Arbitrary<Plan> = fc
  .oneof(arbitrarySteps, arbitraryBlocks)
  .map((steps) => readPlan(steps));

/** The steps of a plan that has no conditions. */
export function plainSteps({ steps }: Plan): readonly Step[] {
  return steps.map((step) => {
    if (isBranching(step)) throw new Error('A plan with conditions has no plain steps');
    return step;
  });
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCK, transformBlock } from '../../../../lambda/core/render/output/block-transform.ts';

/** By the formula of ITU-T T.81, A.3.3. */
function byFormula(block: readonly number[]): number[] {
  const scale = (frequency: number) => (frequency === 0 ? Math.SQRT1_2 : 1);
  const wave = (at: number, frequency: number) => Math.cos(((2 * at + 1) * frequency * Math.PI) / 16);
  return Array.from({ length: BLOCK * BLOCK }, (_, index) => {
    const [u, v] = [index % BLOCK, Math.floor(index / BLOCK)];
    const sum = block.reduce(
      (total, value, at) => total + value * wave(at % BLOCK, u) * wave(Math.floor(at / BLOCK), v),
      0,
    );
    return (scale(u) * scale(v) * sum) / 4;
  });
}

const blocks = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: BLOCK * BLOCK, maxLength: BLOCK * BLOCK });

test('a block is transformed as the standard says', () => {
  fc.assert(
    fc.property(blocks, (values) => {
      const block = Float64Array.from(values);

      transformBlock(block);

      for (const [at, expected] of byFormula(values).entries()) expect(block[at]).toBeCloseTo(expected, 8);
    }),
  );
});

test('the sum of squares stays', () => {
  fc.assert(
    fc.property(blocks, (values) => {
      const block = Float64Array.from(values);
      transformBlock(block);
      const squares = (of: Iterable<number>) => Array.from(of).reduce((sum, value) => sum + value * value, 0);

      expect(squares(block)).toBeCloseTo(squares(values), 4);
    }),
  );
});

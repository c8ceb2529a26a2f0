import { randomInt } from 'node:crypto';
import { describe, it } from 'vitest';
import { PROOFS } from '../../proofs/table.ts';

/** The small size of a proof on a machine with other work. */
const LONGEST = 300_000;

/** Its small size is `test/attacks/catalogue.test.ts`, which tells each attack by its name. */
const CASE_BY_CASE = ['attacks'];

describe('in its small size', () => {
  it.each(PROOFS.filter(({ name }) => !CASE_BY_CASE.includes(name)))(
    '$name holds: $sentence',
    async (proof) => {
      const seed = randomInt(2 ** 31);
      try {
        await proof.run(proof.small, seed, () => {});
      } catch (error) {
        console.error(`Replay with: npm run proof -- ${proof.name} --seed ${seed}`);
        throw error;
      }
    },
    LONGEST,
  );
});

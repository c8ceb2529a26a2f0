import { randomInt } from 'node:crypto';
import { it } from 'vitest';
import type { Proof, Sizes } from '../../proofs/proof.ts';

/** The small size of a proof on a machine with other work. */
const LONGEST = 300_000;

/** A test of its own for each proof: Vitest runs files beside each other. It has one try: another one would have another seed. */
export function holdsInItsSmallSize<Parameters extends Sizes>(proof: Proof<Parameters>): void {
  it(`${proof.name} holds: ${proof.sentence}`, { timeout: LONGEST, retry: 0 }, async () => {
    const seed = randomInt(2 ** 31);
    try {
      await proof.run(proof.small, seed, () => {});
    } catch (error) {
      console.error(`Replay with: npm run proof -- ${proof.name} --seed ${seed}`);
      throw error;
    }
  });
}

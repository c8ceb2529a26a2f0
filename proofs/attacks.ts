import { ATTACKS } from '../test/attacks/catalogue.ts';
import { NOT_RUN } from '../test/attacks/not-run.ts';
import { expectNoSecretPrinted, startTarget } from '../test/attacks/target.ts';
import type { Proof } from './proof.ts';
import { randomFrom, shuffled } from './random.ts';

/** The product as a person would start it, attacked over raw sockets; each round has a product and an order of its own. */
export const ATTACKS_REFUSED: Proof<{ rounds: number }> = {
  name: 'attacks',
  sentence: 'Every attack of the catalogue is refused, in any order, and an ordinary request works after it.',
  small: { rounds: 1 },
  full: { rounds: 3 },
  async run({ rounds }, seed, report) {
    const random = randomFrom(seed);
    let passed = 0;
    for (let round = 1; round <= rounds; round++) {
      const target = await startTarget();
      try {
        for (const { id, title, run } of shuffled(random, ATTACKS)) {
          report(`round ${round} of ${rounds}, ${passed} cases`);
          await run(target).catch((error) => {
            throw new Error(`${id} (${title}) in round ${round}: ${error.message}`, { cause: error });
          });
          passed++;
        }
        expectNoSecretPrinted(target);
      } finally {
        await target.stop();
      }
    }
    return { cases: ATTACKS.length, rounds, passed, 'not run': Object.keys(NOT_RUN).length };
  },
};

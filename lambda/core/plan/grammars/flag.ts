import type { Grammar } from './grammar.ts';
import { fault, found, unset } from './grammar.ts';

const EXPECTED = 'true or false';

/** Yes or no, and no is a wish of its own. */
export const yesOrNo: Grammar<boolean> = {
  expected: EXPECTED,
  parse: (text) => (text === 'true' || text === 'false' ? found(text === 'true') : fault(EXPECTED)),
  format: String,
  samples: ['true', 'false'],
};

/** On or not asked for. */
export const flag: Grammar<true> = {
  expected: EXPECTED,
  parse: (text) => {
    if (text === 'false') return unset;
    return text === 'true' ? found(true) : fault(EXPECTED);
  },
  format: String,
  samples: ['true'],
};

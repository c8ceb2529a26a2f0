import type { Grammar } from './grammar.ts';
import { fault, found, unset } from './grammar.ts';

const EXPECTED = 'true or false';

/** ImageKit's READMEs write both `e-contrast-true` and `e-contrast-1`. */
const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** Yes or no, and no is a wish of its own. */
export const yesOrNo: Grammar<boolean> = {
  expected: EXPECTED,
  parse: (text) => {
    const value = WORDS.get(text);
    return value === undefined ? fault(EXPECTED) : found(value);
  },
  format: String,
  samples: [...WORDS.keys()],
};

/** On or not asked for. */
export const flag: Grammar<true> = {
  expected: EXPECTED,
  parse: (text) => {
    const value = WORDS.get(text);
    if (value === undefined) return fault(EXPECTED);
    return value ? found(value) : unset;
  },
  format: String,
  samples: ['true', '1'],
};

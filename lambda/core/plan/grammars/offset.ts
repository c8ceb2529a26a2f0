import type { Offset } from '../plan.ts';
import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';
import { readNumber } from './number.ts';

const LARGEST = 65_535;
const EXPECTED = `a number of pixels from 0 to ${LARGEST}, with N before it to count from the right or bottom edge`;

/** A distance along one axis; `N0` is the far edge itself, so its sign counts even at zero. */
export const offset: Grammar<Offset> = {
  expected: EXPECTED,
  parse: (text) => {
    const value = readNumber(text);
    if (value === undefined || Math.abs(value) > LARGEST) return fault(EXPECTED);
    return found({ value: Math.round(Math.abs(value)), fromEnd: /^[N-]/.test(text) });
  },
  format: ({ value, fromEnd }) => `${fromEnd ? 'N' : ''}${value}`,
  samples: ['0', 'N0', '20', 'N20', '65535', 'N65535', '10.6', '-5'],
};

import { LIMITS } from '../../../contract/limits.ts';
import type { Step } from '../plan.ts';
import { readColour, writeColour } from './colour.ts';
import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';

const LARGEST = LIMITS.outputSide / 2;
const EXPECTED = `a whole number of pixels from 0 to ${LARGEST} and a colour, as in 5_FF0000`;

/** Width and colour; the separator is an underscore or, as in migrated URLs, a dash. */
export const border: Grammar<NonNullable<Step['border']>> = {
  expected: EXPECTED,
  parse: (text) => {
    const match = /^(\d{1,5})[_-](.{1,40})$/.exec(text);
    const width = Number(match?.[1]);
    const colour = readColour(match?.[2] ?? '');
    return colour && width <= LARGEST ? found({ width, colour }) : fault(EXPECTED);
  },
  format: ({ width, colour }) => `${width}_${writeColour(colour)}`,
  samples: ['5_red', '5-red', '0_000000', `${LARGEST}_FFFFFF50`, '1_#0F0'],
};

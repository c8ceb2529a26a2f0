import type { Shadow } from '../plan.ts';
import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';
import { partNumber, readParts } from './named-parts.ts';
import { writeNumber } from './number.ts';

const EXPECTED =
  'bl (blur) from 0 to 15, st (strength) from 0 to 100, x and y (per cent) from N100 to 100, with _ between, as in bl-15_st-40_x-10_y-N5';

/** A shadow below what is opaque; what is not given is as in ImageKit. */
export const shadow: Grammar<Shadow> = {
  expected: EXPECTED,
  parse: (text) => {
    const parts = readParts(text, ['bl', 'st', 'x', 'y']);
    if (!parts) return fault(EXPECTED);
    const blur = partNumber(parts.bl, 10, 0, 15);
    const strength = partNumber(parts.st, 30, 0, 100);
    const x = partNumber(parts.x, 2, -100, 100);
    const y = partNumber(parts.y, 2, -100, 100);
    if (blur === undefined || strength === undefined || x === undefined || y === undefined) return fault(EXPECTED);
    return found({ blur, strength, x, y });
  },
  format: ({ blur, strength, x, y }) => `bl-${blur}_st-${strength}_x-${writeNumber(x)}_y-${writeNumber(y)}`,
  samples: ['true', 'bl-15_st-40_x-10_y-N5', 'y-N100', 'st-0', 'x-100_bl-0', 'bl-2.5'],
};

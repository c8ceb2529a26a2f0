import type { Step } from '../plan.ts';
import { readColour, writeColour } from './colour.ts';
import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';
import { partNumber, readParts } from './named-parts.ts';

const EXPECTED = 'co (a colour) and in (intensity) from 0 to 100, with _ between, as in co-blue_in-50';

/** A tint; gray at full intensity when not said. */
export const colorize: Grammar<NonNullable<Step['colorize']>> = {
  expected: EXPECTED,
  parse: (text) => {
    const parts = readParts(text, ['co', 'in']);
    const colour = readColour(parts?.co ?? 'gray');
    const intensity = partNumber(parts?.in, 100, 0, 100);
    return parts && colour && intensity !== undefined ? found({ colour, intensity }) : fault(EXPECTED);
  },
  format: ({ colour, intensity }) => `co-${writeColour(colour)}_in-${intensity}`,
  samples: ['true', 'co-blue_in-50', 'in-0', 'co-FF8800'],
};

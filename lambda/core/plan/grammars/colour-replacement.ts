import type { ColourReplacement } from '../plan.ts';
import { readColour, writeColour } from './colour.ts';
import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';

const DEFAULT_TOLERANCE = 35;
const EXPECTED =
  'a colour, then a tolerance from 0 to 100 and the colour to replace, with _ between, as in FF0000_35_0000FF';

/** The new colour, how near a pixel must be to the old one, and the old one. */
export const colourReplacement: Grammar<ColourReplacement> = {
  expected: EXPECTED,
  parse: (text) => {
    const match = /^([^_]{1,40})(?:_(\d{1,3})(?:_([^_]{1,40}))?)?$/.exec(text);
    const to = readColour(match?.[1] ?? '');
    const tolerance = match?.[2] === undefined ? DEFAULT_TOLERANCE : Number(match[2]);
    const from = match?.[3] === undefined ? undefined : readColour(match[3]);
    if (!to || tolerance > 100 || (match?.[3] !== undefined && !from)) return fault(EXPECTED);
    return found({ to, tolerance, ...(from && { from }) });
  },
  format: ({ to, tolerance, from }) => [writeColour(to), tolerance, ...(from ? [writeColour(from)] : [])].join('_'),
  samples: ['red', 'FF0000_35_0000FF', '00FF00_0', 'blue_100_white'],
};

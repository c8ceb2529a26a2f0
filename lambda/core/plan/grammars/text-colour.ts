import type { TextStyle } from '../plan.ts';
import { colour, readColour, writeColour } from './colour.ts';
import { COLOUR_NAMES } from './colour-names.ts';
import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';

/** A colour that remembers that it was named: beside a name, a text's own opacity does not count (ImageKit, "al"). */
export const textColour: Grammar<NonNullable<TextStyle['colour']>> = {
  expected: colour.expected,
  parse: (text) => {
    const value = readColour(text);
    if (!value) return fault(colour.expected);
    return found(COLOUR_NAMES.has(text.toLowerCase()) ? { ...value, named: true } : value);
  },
  format: (value) => (value.named ? nameOf(writeColour(value)) : writeColour(value)),
  samples: colour.samples,
};

function nameOf(digits: string): string {
  return [...COLOUR_NAMES].find(([, hex]) => hex === digits.toLowerCase())?.[0] ?? digits;
}

import type { Typography } from '../plan.ts';
import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';

const EXPECTED = 'b, i, strikethrough, or several of them with _ between';

/** Weight, slant and line of a text. */
export const typography: Grammar<Typography> = {
  expected: EXPECTED,
  parse: (text) => {
    const words = text.split('_');
    const isKnown = words.every((word) => word === 'b' || word === 'i' || word === 'strikethrough');
    if (!isKnown || new Set(words).size !== words.length) return fault(EXPECTED);
    return found({
      bold: words.includes('b'),
      italic: words.includes('i'),
      strikethrough: words.includes('strikethrough'),
    });
  },
  format: ({ bold, italic, strikethrough }) =>
    [bold && 'b', italic && 'i', strikethrough && 'strikethrough'].filter(Boolean).join('_'),
  samples: ['b', 'i', 'b_i', 'i_b', 'strikethrough', 'b_strikethrough', 'b_i_strikethrough'],
};

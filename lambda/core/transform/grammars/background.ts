import type { Colour } from '../plan.ts';
import { colour } from './colour.ts';
import type { Grammar } from './grammar.ts';
import { unsupported } from './grammar.ts';

/** Backgrounds that are made of the picture itself. A text has to begin with the word. */
const LATER: readonly (readonly [RegExp, string])[] = [
  [/^blurred(_|$)/, 'a blurred background'],
  [/^dominant$/, 'a background of the dominant colour'],
  [/^(gradient_dominant|dominant_gradient)(_|$)/, 'a gradient background'],
  [/^genfill(-|$)/, 'a generated background'],
];

export const background: Grammar<Colour> = {
  ...colour,
  parse: (text) => {
    const feature = LATER.find(([pattern]) => pattern.test(text))?.[1];
    return feature === undefined ? colour.parse(text) : unsupported(feature);
  },
};

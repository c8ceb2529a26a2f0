import type { TextStyle } from '../plan.ts';
import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';

type Padding = NonNullable<TextStyle['padding']>;

const LARGEST = 4096;
const EXPECTED = `one to four whole numbers of pixels from 0 to ${LARGEST} with _ between, in CSS order from the top clockwise`;

/** Which of the given numbers a side takes, by how many there are (CSS Box Model 3, `padding`). */
const SIDES: Readonly<Record<number, readonly [number, number, number, number]>> = {
  1: [0, 0, 0, 0],
  2: [0, 1, 0, 1],
  3: [0, 1, 2, 1],
  4: [0, 1, 2, 3],
};

/** Space around a text within its box. */
export const padding: Grammar<Padding> = {
  expected: EXPECTED,
  parse: (text) => {
    const numbers = /^\d{1,4}(?:_\d{1,4}){0,3}$/.test(text) ? text.split('_').map(Number) : [];
    const sides = SIDES[numbers.length];
    if (!sides || numbers.some((number) => number > LARGEST)) return fault(EXPECTED);
    return found(sides.map((index) => numbers[index]) as unknown as Padding);
  },
  format: (sides) => (sides.every((side) => side === sides[0]) ? String(sides[0]) : sides.join('_')),
  samples: ['0', '10', '10_20', '1_2_3', '1_2_3_4', '4096'],
};

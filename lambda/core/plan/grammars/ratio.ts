import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';

const SMALLEST = 0.0001;
const LARGEST = 10_000;
const EXPECTED = `width to height as 4-3, 4_3, 4:3 or a number, from ${SMALLEST} to ${LARGEST}`;

/** Denominators that are tried to write a ratio as people do. */
const DENOMINATORS = Array.from({ length: 100 }, (_, index) => index + 1);

const RATIO = /^(\d+(?:\.\d+)?)(?:[-_:](\d+(?:\.\d+)?))?$/;

/** Width divided by height. */
export const ratio: Grammar<number> = {
  expected: EXPECTED,
  parse: (text) => {
    const match = RATIO.exec(text);
    const value = match ? Number(match[1]) / Number(match[2] ?? 1) : Number.NaN;
    return value >= SMALLEST && value <= LARGEST ? found(value) : fault(EXPECTED);
  },
  format: (value) => {
    const denominator = DENOMINATORS.find((candidate) => Math.round(value * candidate) / candidate === value);
    return denominator ? `${Math.round(value * denominator)}-${denominator}` : String(value);
  },
  samples: ['4-3', '4_3', '4:3', '2.5-1', '1.7777', '16-9', '0.0001', '10000', '1000-997'],
};

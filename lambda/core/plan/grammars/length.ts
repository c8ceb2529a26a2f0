import type { Length } from '../plan.ts';
import type { Grammar, Reading } from './grammar.ts';
import { fault, found, ignored } from './grammar.ts';
import { readNumber, writeNumber } from './number.ts';

/** Above it a side is left out (ImageKit, "Limits"). */
const LARGEST = 65_535;

/** A smaller share of an image is no size that anybody means, and its text would need an exponent. */
const SMALLEST_FRACTION = 0.0001;

const EXPECTED = `a number of pixels from 1 to ${LARGEST}, or a fraction of the image, at least ${SMALLEST_FRACTION} and below 1`;

/** A side: pixels, rounded to whole ones, or a fraction of the step's input. `1` is one pixel. */
export const length: Grammar<Length> = {
  expected: EXPECTED,
  parse: readLength,
  format: ({ value }) => writeNumber(value),
  samples: ['1', '300', '1.0', '333.3', '65535', '0.5', '0.0001', '.25', '0.99'],
};

/** As `length`; `auto` asks for the client's own width, which is left out as long as no client hint tells it. */
export const lengthOrAuto: Grammar<Length> = {
  ...length,
  expected: `${EXPECTED}, or auto`,
  parse: (text) => (text === 'auto' ? ignored : readLength(text)),
};

function readLength(text: string): Reading<Length> {
  const value = readNumber(text);
  if (value === undefined || value < SMALLEST_FRACTION) return fault(EXPECTED);
  if (value > LARGEST) return ignored;
  return found(value < 1 ? { kind: 'fraction', value } : { kind: 'pixels', value: Math.round(value) });
}

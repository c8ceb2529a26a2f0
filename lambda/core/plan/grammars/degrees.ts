import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';
import { numberBetween, writeNumber } from './number.ts';

const number = numberBetween({ minimum: -360, maximum: 360, decimals: 4, unit: 'degrees' });
const EXPECTED = `${number.expected}, N before it for counter-clockwise, or auto`;

/** A turn in degrees clockwise, or by the orientation that the camera noted. */
export const degrees: Grammar<number | 'auto'> = {
  expected: EXPECTED,
  parse: (text) => {
    if (text === 'auto') return found('auto');
    const reading = number.parse(text);
    return reading.kind === 'fault' ? fault(EXPECTED) : reading;
  },
  format: (value) => (value === 'auto' ? value : writeNumber(value)),
  samples: [...number.samples, 'auto', '-45', 'N22.5', '90', '180', '270'],
};

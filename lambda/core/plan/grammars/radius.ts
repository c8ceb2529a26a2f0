import type { Radius } from '../plan.ts';
import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';

type Corner = number | 'max';

const LARGEST = 65_535;
const EXPECTED = `a whole number of pixels from 0 to ${LARGEST}, max, or four of them with _ between, from the top left clockwise`;

const CORNERS = /^(\d{1,5}|max)(?:_(\d{1,5}|max)_(\d{1,5}|max)_(\d{1,5}|max))?$/;

/** Rounded corners: one radius for all or one for each. */
export const radius: Grammar<Radius> = {
  expected: EXPECTED,
  parse: (text) => {
    const match = CORNERS.exec(text);
    if (!match) return fault(EXPECTED);
    const [first, ...others] = match.slice(1).map((corner) => (corner === 'max' ? corner : Number(corner)));
    const corners = (match[2] === undefined ? [first, first, first, first] : [first, ...others]) as Corner[];
    if (corners.some((corner) => corner !== 'max' && corner > LARGEST)) return fault(EXPECTED);
    return found(corners.every((corner) => corner === 'max') ? 'max' : (corners as unknown as Radius));
  },
  format: (value) => {
    if (value === 'max') return value;
    return value.every((corner) => corner === value[0]) ? String(value[0]) : value.join('_');
  },
  samples: ['0', '20', '65535', 'max', '10_20_30_40', '10_max_0_max', 'max_max_max_max', '5_5_5_5'],
};

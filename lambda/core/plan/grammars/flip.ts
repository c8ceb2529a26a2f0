import type { Step } from '../plan.ts';
import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';

type Flip = NonNullable<Step['flip']>;

const FLIPS: ReadonlyMap<string, Flip> = new Map([
  ['h', { horizontal: true, vertical: false }],
  ['v', { horizontal: false, vertical: true }],
  ['h_v', { horizontal: true, vertical: true }],
  ['v_h', { horizontal: true, vertical: true }],
]);

const EXPECTED = `one of ${[...FLIPS.keys()].join(', ')}`;

export const flip: Grammar<Flip> = {
  expected: EXPECTED,
  parse: (text) => {
    const value = FLIPS.get(text);
    return value ? found(value) : fault(EXPECTED);
  },
  format: ({ horizontal, vertical }) => [horizontal && 'h', vertical && 'v'].filter(Boolean).join('_'),
  samples: [...FLIPS.keys()],
};

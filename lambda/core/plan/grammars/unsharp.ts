import type { Unsharp } from '../plan.ts';
import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';

/** Of ImageKit's own example. */
const DEFAULT: Unsharp = { radius: 2, sigma: 2, amount: 0.8, threshold: 0.024 };

const LARGEST = { radius: 50, sigma: 50, amount: 20, threshold: 1 } as const;
const EXPECTED = `radius-sigma-amount-threshold, numbers up to ${Object.values(LARGEST).join(', ')}, as in 2-2-0.8-0.024`;

/** Four numbers with dashes between. */
export const unsharp: Grammar<Unsharp> = {
  expected: EXPECTED,
  parse: (text) => {
    if (text === 'true') return found(DEFAULT);
    const match = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(text);
    const [radius, sigma, amount, threshold] = (match ?? []).slice(1).map(tenThousandths);
    if (radius === undefined || sigma === undefined || amount === undefined || threshold === undefined) {
      return fault(EXPECTED);
    }
    const value = { radius, sigma, amount, threshold };
    const isBounded = Object.entries(LARGEST).every(([name, largest]) => value[name as keyof Unsharp] <= largest);
    return isBounded ? found(value) : fault(EXPECTED);
  },
  format: ({ radius, sigma, amount, threshold }) => `${radius}-${sigma}-${amount}-${threshold}`,
  samples: ['true', '2-2-0.8-0.024', '0-5-1-0.05', '50-50-20-1', '0-0-0-0'],
};

const tenThousandths = (text: string): number => Math.round(Number(text) * 10_000) / 10_000;

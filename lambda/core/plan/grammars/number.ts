import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';

export interface NumberBounds {
  readonly minimum: number;
  readonly maximum: number;
  /** Decimals that count; more of them are rounded. 0 refuses any decimals, unless `rounds`. */
  readonly decimals: number;
  /** Decimals are allowed and rounded away: computed pixel positions often have some. */
  readonly rounds?: true;
  /** What the number counts: `pixels`, `degrees`. */
  readonly unit?: string;
}

/** One pass without backtracking, however long the text is. A leading N is ImageKit's minus sign. */
const NUMBER = /^([N-]?)(\d+(?:\.\d*)?|\.\d+)$/;

/** A decimal number as ImageKit writes it: `10`, `2.5`, `N40`; the ordinary minus sign is understood too. */
export function readNumber(text: string): number | undefined {
  const match = NUMBER.exec(text);
  return match ? (match[1] ? -1 : 1) * Number(match[2]) : undefined;
}

/** The text of a number of at least 0.000001 or exactly 0. */
export const writeNumber = (value: number): string => (value < 0 ? `N${-value}` : String(value));

/** A number between bounds. */
export function numberBetween(bounds: NumberBounds): Grammar<number> {
  const { minimum, maximum, decimals, rounds, unit } = bounds;
  const kind = decimals > 0 ? 'a number' : 'a whole number';
  const expected = `${kind}${unit ? ` of ${unit}` : ''} from ${writeNumber(minimum)} to ${writeNumber(maximum)}`;
  return {
    expected,
    parse: (text) => {
      const exact = readNumber(text);
      if (exact === undefined || (decimals === 0 && !rounds && !Number.isInteger(exact))) return fault(expected);
      const value = roundTo(exact, decimals);
      return value >= minimum && value <= maximum ? found(value) : fault(expected);
    },
    format: writeNumber,
    samples: [minimum, maximum, roundTo((minimum + maximum) / 2, decimals), roundTo(minimum + 1, decimals)].map(
      writeNumber,
    ),
  };
}

/** Adding zero turns minus zero into zero. */
function roundTo(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  const rounded = Math.round(value * scale) / scale + 0;
  return Number.isFinite(rounded) ? rounded : value;
}

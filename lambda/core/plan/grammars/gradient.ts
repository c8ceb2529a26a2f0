import type { Colour, Gradient } from '../plan.ts';
import { readColour, writeColour } from './colour.ts';
import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';
import { readParts } from './named-parts.ts';
import { readNumber, writeNumber } from './number.ts';

/** Directions towards which a gradient goes, in degrees. */
const DIRECTIONS: ReadonlyMap<string, number> = new Map(
  ['top', 'top_right', 'right', 'bottom_right', 'bottom', 'bottom_left', 'left', 'top_left'].flatMap((name, index) => [
    [name, index * 45] as const,
    [name.replace('_', ''), index * 45] as const,
  ]),
);

const LARGEST_STOP = 65_535;
const EXPECTED = `ld (direction) from 0 to 359 or one of ${[...DIRECTIONS.keys()].filter((name) => !/^(top|bottom)[lr]/.test(name)).join(', ')}, from and to (colours), sp (stop) from 0.01 to ${LARGEST_STOP}, with _ between, as in ld-top_from-red_to-white`;

const WHITE: Colour = { r: 255, g: 255, b: 255, alpha: 1 };
const OPEN_BLACK: Colour = { r: 0, g: 0, b: 0, alpha: 0 };

/** A gradient from one colour to another. */
export const gradient: Grammar<Gradient> = {
  expected: EXPECTED,
  parse: (text) => {
    // The directions have an underscore of their own.
    const joined = text.replace(/(^|_)ld-(top|bottom)_(left|right)(?=_|$)/, '$1ld-$2$3');
    const parts = readParts(joined, ['ld', 'from', 'to', 'sp']);
    if (!parts) return fault(EXPECTED);
    const angle = parts.ld === undefined ? 180 : readAngle(parts.ld);
    const from = parts.from === undefined ? WHITE : readColour(parts.from);
    const to = parts.to === undefined ? OPEN_BLACK : readColour(parts.to);
    const stop = parts.sp === undefined ? 1 : readStop(parts.sp);
    if (angle === undefined || !from || !to || stop === undefined) return fault(EXPECTED);
    return found({ angle, from, to, stop });
  },
  format: ({ angle, from, to, stop }) =>
    `ld-${angle}_from-${writeColour(from)}_to-${writeColour(to)}_sp-${writeNumber(stop)}`,
  samples: [
    'true',
    'ld-top_from-red_to-white_sp-0.5',
    'ld-bottom_left',
    'ld-topleft_to-000000A0',
    'ld-359_sp-200',
    'from-FFFFFF50',
    'sp-0.01',
  ],
};

/** An expression may stand for the stop. */
export function computedStop(text: string): { before: string; expression: string; after: string } {
  const match = /^(.*?(?:^|_)sp-)(.+?)((?:_(?:ld|from|to)-.*)?)$/.exec(text);
  return match
    ? { before: match[1] ?? '', expression: match[2] ?? '', after: match[3] ?? '' }
    : { before: text, expression: '', after: '' };
}

function readAngle(text: string): number | undefined {
  const value = DIRECTIONS.get(text) ?? (/^\d{1,3}$/.test(text) ? Number(text) : undefined);
  return value !== undefined && value < 360 ? value : undefined;
}

function readStop(text: string): number | undefined {
  const exact = readNumber(text);
  const value = exact === undefined ? 0 : Math.round(exact * 10_000) / 10_000;
  return value >= 0.01 && value <= LARGEST_STOP ? value : undefined;
}

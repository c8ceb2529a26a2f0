import type { Colour } from '../plan.ts';
import { COLOUR_NAMES } from './colour-names.ts';
import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';

const EXPECTED =
  'a colour: six hexadecimal digits, eight with the opacity 00 to 99 in the last two, three, or a CSS colour name';

/** A colour, upper or lower case, with or without a leading #. */
export const colour: Grammar<Colour> = {
  expected: EXPECTED,
  parse: (text) => {
    const value = readColour(text);
    return value ? found(value) : fault(EXPECTED);
  },
  format: writeColour,
  samples: ['FF0000', 'red', 'RebeccaPurple', 'transparent', '#00f', 'FF000050', '8899AA00', '000000A0', '123456FF'],
};

export function readColour(text: string): Colour | undefined {
  const word = text.replace(/^#/, '').toLowerCase();
  if (word === 'transparent') return { r: 0, g: 0, b: 0, alpha: 0 };
  const hex = COLOUR_NAMES.get(word) ?? word;
  if (/^[0-9a-f]{3}$/.test(hex)) return opaque(hex.replace(/./g, '$&$&'));
  if (/^[0-9a-f]{6}$/.test(hex)) return opaque(hex);
  return /^[0-9a-f]{8}$/.test(hex) ? { ...opaque(hex), alpha: readAlpha(hex.slice(6)) } : undefined;
}

function opaque(hex: string): Colour {
  const [r, g, b] = [0, 2, 4].map((start) => Number.parseInt(hex.slice(start, start + 2), 16)) as [
    number,
    number,
    number,
  ];
  return { r, g, b, alpha: 1 };
}

/**
 * The two alpha digits are a decimal percentage; `8F` is 8 because reading stops at the first letter, as ImageKit's does.
 * Digits that begin with a letter are no number to ImageKit: they are taken as the hexadecimal alpha that is meant.
 */
function readAlpha(digits: string): number {
  const percent = Number.parseInt(digits, 10);
  return Number.isNaN(percent) ? Number.parseInt(digits, 16) / 255 : percent / 100;
}

export function writeColour({ r, g, b, alpha }: Colour): string {
  const digits = [r, g, b].map(twoDigits).join('');
  if (alpha === 1) return digits;
  const percent = Math.round(alpha * 100);
  return percent / 100 === alpha ? digits + String(percent).padStart(2, '0') : digits + twoDigits(alpha * 255);
}

const twoDigits = (value: number): string => Math.round(value).toString(16).toUpperCase().padStart(2, '0');

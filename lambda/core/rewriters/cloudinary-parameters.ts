import { cloudinaryColour } from './foreign-colour.ts';
import type { TranslatedItem } from './translation.ts';
import { numbered, readNumber, writeNumber } from './translation.ts';

type Translate = (value: string) => TranslatedItem;
type Words = Readonly<Record<string, string>>;

const PLACES: Words = {
  north: 'top',
  south: 'bottom',
  east: 'right',
  west: 'left',
  north_west: 'top_left',
  north_east: 'top_right',
  south_east: 'bottom_right',
  south_west: 'bottom_left',
  center: 'center',
};

const GRAVITIES: Words = { ...PLACES, auto: 'auto', custom: 'custom', face: 'face' };

const CROPS: Words = {
  crop: 'cm-extract',
  fill: 'c-maintain_ratio',
  fit: 'c-at_max',
  pad: 'cm-pad_resize',
  scale: 'c-force',
};

const FORMATS = new Set(['auto', 'jpg', 'jpeg', 'png', 'webp', 'gif', 'avif']);

const QUALITIES: Words = {
  auto: 'q-70',
  'auto:low': 'q-50',
  'auto:eco': 'q-60',
  'auto:good': 'q-70',
  'auto:best': 'q-86',
};

const PROGRESSIVE: Words = {
  progressive: 'pr-true',
  'progressive:steep': 'pr-true',
  'progressive:semi': 'pr-true',
  'progressive:none': 'pr-false',
};

const wordOf = (words: Words, text: string): TranslatedItem => (Object.hasOwn(words, text) ? words[text] : undefined);

/** A gravity that is a place of the picture. */
export const placeOf = (gravity: string): string | undefined => wordOf(PLACES, gravity);

const prefixed = (prefix: string, text: TranslatedItem): TranslatedItem => text && `${prefix}${text}`;

const number =
  (key: string): Translate =>
  (value) =>
    numbered(key, value);

/** Two decimals are what is left of a time. */
function seconds(key: string): Translate {
  return (text) => {
    const value = readNumber(text);
    return value === undefined ? undefined : `${key}-${Math.round(value * 100) / 100}`;
  };
}

function ratio(value: string): TranslatedItem {
  const parts = /^(\d+(?:\.\d+)?)(?::(\d+(?:\.\d+)?))?$/.exec(value);
  return parts ? `ar-${parts[1]}-${parts[2] ?? 1}` : undefined;
}

/** One radius for all corners. */
const radius: Translate = (value) => (value === 'max' ? 'r-max' : numbered('r', value.split(':')[0] ?? ''));

function border(value: string): TranslatedItem {
  const parts = /^(\d{1,5})px_solid_(.+)$/.exec(value);
  return prefixed(`b-${parts?.[1]}-`, cloudinaryColour(parts?.[2] ?? ''));
}

function background(value: string): TranslatedItem {
  const blurred = /^blurred(?::(\d{1,4})(?::(-?\d{1,3}))?)?$/.exec(value);
  if (!blurred) return prefixed('bg-', cloudinaryColour(value));
  if (blurred[1] === undefined) return 'bg-blurred';
  const intensity = `bg-blurred_${Number(blurred[1]) / 20}`;
  return blurred[2] === undefined ? intensity : `${intensity}_${writeNumber(Number(blurred[2]))}`;
}

/** Hundreds of Cloudinary's are ones here. */
const hundredth = (text: string): number | undefined => {
  const value = readNumber(text);
  return value === undefined ? undefined : value / 100;
};

const EFFECTS: Readonly<Record<string, (value: string | undefined) => TranslatedItem>> = {
  blur: (value = '100') => prefixed('bl-', hundredth(value)?.toString()),
  sharpen: (value = '100') => prefixed('e-sharpen-', hundredth(value)?.toString()),
  unsharp_mask: (value = '100') => {
    const sigma = hundredth(value);
    return sigma === undefined ? undefined : `e-usm-0-${sigma}-1-0.05`;
  },
  grayscale: () => 'e-grayscale',
  contrast: () => 'e-contrast',
  trim: (value) => (value === undefined ? 't-true' : numbered('t', value)),
};

function effect(text: string): TranslatedItem {
  const [name = '', value] = text.split(':');
  return Object.hasOwn(EFFECTS, name) ? EFFECTS[name]?.(value) : undefined;
}

/** Cloudinary's parameters in our words (ImageKit, "Cloudinary URL rewriter"), without overlays. */
const PARAMETERS: Readonly<Record<string, Translate>> = {
  w: number('w'),
  h: number('h'),
  x: number('x'),
  y: number('y'),
  z: number('z'),
  dpr: number('dpr'),
  a: number('rt'),
  ar: ratio,
  c: (value) => wordOf(CROPS, value),
  g: (value) => prefixed('fo-', wordOf(GRAVITIES, value)),
  f: (value) => (FORMATS.has(value) ? `f-${value}` : undefined),
  q: (value) => wordOf(QUALITIES, value) ?? numbered('q', value),
  r: radius,
  e: effect,
  bo: border,
  b: background,
  co: (value) => prefixed('co-', cloudinaryColour(value)),
  t: (value) => (/^\w+$/.test(value) ? `n-${value}` : undefined),
  fl: (value) => wordOf(PROGRESSIVE, value),
  so: seconds('so'),
  eo: seconds('eo'),
  du: seconds('du'),
};

/** @returns undefined for what the table does not have */
export function translateParameter(key: string, value: string): TranslatedItem {
  return Object.hasOwn(PARAMETERS, key) ? PARAMETERS[key]?.(value) : undefined;
}

import { imgixColour } from './foreign-colour.ts';
import type { TranslatedItem, Translation } from './translation.ts';
import { decoded, isTaken, numbered, readNumber } from './translation.ts';

/** What a parameter is in our words; undefined for a value that the table does not have, empty for nothing. */
type Translate = (value: string, all: ReadonlyMap<string, string>) => TranslatedItem;

const SIDES = /^(?:(top|bottom)(?:,(left|right))?|(left|right)(?:,(top|bottom))?)$/;

const FITS: Readonly<Record<string, string>> = {
  clip: 'c-at_max_enlarge',
  crop: '',
  facearea: 'fo-face',
  fill: 'cm-pad_resize',
  fillmax: 'cm-pad_resize',
  max: 'c-at_max',
  scale: 'c-force',
};

const FORMATS: Readonly<Record<string, string>> = {
  avif: 'f-avif',
  gif: 'f-gif',
  jp2: 'f-jpg',
  jpeg: 'f-jpeg',
  jpg: 'f-jpg',
  png: 'f-png',
  png32: 'f-png',
  png8: 'f-png',
  webp: 'f-webp',
};

/** EXIF's numbers, or degrees clockwise. */
const TURNS: Readonly<Record<string, string>> = {
  0: 'rt-0',
  1: 'rt-0',
  3: 'rt-180',
  6: 'rt-90',
  8: 'rt-270',
  90: 'rt-90',
  180: 'rt-180',
  270: 'rt-270',
};

const TRIMS: Readonly<Record<string, string>> = { auto: 't-true', color: 't-true' };

const oneOf =
  (table: Readonly<Record<string, string>>): Translate =>
  (value) =>
    Object.hasOwn(table, value) ? table[value] : undefined;

const number =
  (key: string): Translate =>
  (value) =>
    numbered(key, value);

const computed =
  (write: (value: number, all: ReadonlyMap<string, string>) => string): Translate =>
  (text, all) => {
    const value = readNumber(text);
    return value === undefined ? undefined : write(value, all);
  };

const colour: Translate = (value) => {
  const ours = imgixColour(value);
  return ours && `bg-${ours}`;
};

function crop(value: string): TranslatedItem {
  if (value === 'faces') return 'fo-auto';
  const sides = SIDES.exec(value);
  return sides ? `fo-${[sides[1] ?? sides[4], sides[2] ?? sides[3]].filter(Boolean).join('_')}` : undefined;
}

/** Beside one side and a fit alone (ImageKit, remark of the table). */
function ratio(value: string, all: ReadonlyMap<string, string>): TranslatedItem {
  const parts = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(value);
  const isUsed = all.has('fit') && all.has('w') !== all.has('h');
  return parts && isUsed ? `ar-${parts[1]}-${parts[2]}` : undefined;
}

function unsharp(value: number, all: ReadonlyMap<string, string>): string {
  const radius = readNumber(all.get('usmrad') ?? '') ?? 2.5;
  return `e-usm-${radius}-${Math.max(0, value / 5).toFixed(2)}-1-0.05`;
}

/** In the order in which they are written; of two that set the same the later one counts. */
const PARAMETERS: Readonly<Record<string, Translate>> = {
  w: number('w'),
  h: number('h'),
  ar: ratio,
  crop,
  fit: oneOf(FITS),
  fm: oneOf(FORMATS),
  q: number('q'),
  orient: oneOf(TURNS),
  bg: colour,
  'fill-color': colour,
  dpr: number('dpr'),
  sharp: computed((value) => `e-sharpen-${Math.round(value * 2000) / 100}`),
  con: computed((value) => (value === 0 ? '' : 'e-contrast')),
  usm: computed(unsharp),
  usmrad: (_value, all) => (all.has('usm') ? '' : undefined),
  blur: computed((value) => `bl-${(value / 20).toFixed(2)}`),
  trim: oneOf(TRIMS),
};

/**
 * imgix's parameters in our words (ImageKit, "Imgix URL rewriter").
 * @param text items of the query
 */
export function fromImgix(text: string): Translation {
  const all = readItems(text);
  const step: string[] = [];
  const dropped: string[] = [];
  for (const [key, translate] of Object.entries(PARAMETERS)) {
    const value = all.get(key);
    if (value === undefined) continue;
    const item = translate(value, all);
    if (item !== undefined && (item === '' || isTaken(item))) step.push(item);
    else dropped.push(`${key}=${value}`);
  }
  return { steps: [step.filter(Boolean)], dropped };
}

/** Of several of a name, which the edge has sorted, the last one counts. */
function readItems(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .split('&')
      .filter(Boolean)
      .map((item) => {
        const at = item.indexOf('=');
        return [item.slice(0, at), decoded(item.slice(at + 1).replaceAll('+', ' ')) ?? ''] as const;
      }),
  );
}

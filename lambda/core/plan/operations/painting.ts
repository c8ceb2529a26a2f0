import { background } from '../grammars/background.ts';
import { border } from '../grammars/border.ts';
import { degrees } from '../grammars/degrees.ts';
import { flag } from '../grammars/flag.ts';
import { flip } from '../grammars/flip.ts';
import { found, unset } from '../grammars/grammar.ts';
import { numberBetween } from '../grammars/number.ts';
import { radius } from '../grammars/radius.ts';
import { withWords } from '../grammars/with-words.ts';
import { NO_WORK, ONE_LOOP } from './cost.ts';
import type { Operation } from './operation.ts';
import { ofStep } from './operation.ts';

/** What a bare `t` and a bare `e-sharpen` stand for. */
const DEFAULT_TRIM = 10;
const DEFAULT_SHARPEN = 50;

/** The width of a border stands before the last separator, its colour behind it. */
function beforeColour(text: string): { before: string; expression: string; after: string } {
  const end = text.lastIndexOf('_');
  return end < 0
    ? { before: '', expression: '', after: text }
    : { before: '', expression: text.slice(0, end), after: text.slice(end) };
}

const trim = withWords(numberBetween({ minimum: 1, maximum: 99, decimals: 0 }), {
  true: found(DEFAULT_TRIM),
  false: unset,
});

const sharpen = withWords(numberBetween({ minimum: 1, maximum: 2000, decimals: 2 }), {
  true: found(DEFAULT_SHARPEN),
  false: unset,
});

/** Everything that changes the pixels of a picture, not its arrangement. */
export const PAINTING = [
  {
    name: 'trim',
    keys: ['t'],
    meaning: ofStep('trim', trim),
    stage: 'trim',
    cost: 'loop',
    takesExpressions: false,
    sdkNames: ['trim'],
    sentence: 'Cuts edges that look like the background. A larger threshold removes more. true means 10.',
    example: 't-10',
  },
  {
    name: 'rotation',
    keys: ['rt'],
    meaning: ofStep('rotate', degrees),
    stage: 'turn',
    cost: ({ rotate }) => (typeof rotate === 'number' && rotate % 90 !== 0 ? ONE_LOOP : NO_WORK),
    takesExpressions: false,
    sdkNames: ['rotation', 'rotate'],
    sentence:
      'Rotates clockwise by degrees; N before the number rotates counter-clockwise. The canvas grows with the picture.',
    example: 'rt-N90',
  },
  {
    name: 'flip',
    keys: ['fl'],
    meaning: ofStep('flip', flip),
    stage: 'turn',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['flip'],
    sentence: 'Mirrors left to right (h), top to bottom (v) or both.',
    example: 'fl-h',
  },
  {
    name: 'grayscale',
    keys: ['e-grayscale'],
    meaning: ofStep('grayscale', flag),
    stage: 'effects',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['grayscale', 'effectGray'],
    sentence: 'Converts the picture to shades of grey.',
    example: 'e-grayscale',
  },
  {
    name: 'contrast',
    keys: ['e-contrast'],
    meaning: ofStep('contrast', flag),
    stage: 'effects',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['contrastStretch', 'effectContrast'],
    sentence: 'Stretches the contrast to the full range.',
    example: 'e-contrast',
  },
  {
    name: 'blur',
    keys: ['bl'],
    meaning: ofStep('blur', numberBetween({ minimum: 0, maximum: 100, decimals: 2 })),
    stage: 'effects',
    cost: ({ blur = 0 }) => ({ ...NO_WORK, blurRadius: blur / 2 }),
    takesExpressions: false,
    sdkNames: ['blur'],
    sentence: 'Blurs. The number is twice the standard deviation in pixels; 0 changes nothing.',
    example: 'bl-10',
  },
  {
    name: 'sharpen',
    keys: ['e-sharpen'],
    meaning: ofStep('sharpen', sharpen),
    stage: 'effects',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['sharpen', 'effectSharpen'],
    sentence: 'Sharpens. The default strength is 50.',
    example: 'e-sharpen-300',
  },
  {
    name: 'border',
    keys: ['b'],
    meaning: ofStep('border', border),
    stage: 'border',
    cost: 'none',
    takesExpressions: true,
    computed: { find: beforeColour },
    sdkNames: ['border'],
    sentence: 'Draws a border around the picture. The picture grows by twice the border’s width.',
    example: 'b-5_FF0000',
  },
  {
    name: 'radius',
    keys: ['r'],
    meaning: ofStep('radius', radius),
    stage: 'radius',
    cost: 'loop',
    takesExpressions: false,
    sdkNames: ['radius'],
    sentence:
      'Rounds the corners; max rounds them as far as possible. The corners become transparent, or the background colour.',
    example: 'r-20',
  },
  {
    name: 'opacity',
    keys: ['o'],
    meaning: ofStep('opacity', numberBetween({ minimum: 0, maximum: 100, decimals: 2 })),
    stage: 'opacity',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['opacity'],
    sentence: 'Opacity of the picture in percent. With a background the result is opaque.',
    example: 'o-50',
  },
  {
    name: 'background',
    keys: ['bg'],
    meaning: ofStep('background', background),
    stage: 'background',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['background', 'bg'],
    sentence: 'Colour of padding, corners and gaps, and of what is behind a transparent picture.',
    example: 'bg-FFCC66',
  },
] as const satisfies readonly Operation[];

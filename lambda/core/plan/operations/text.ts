import { oneOf } from '../grammars/choice.ts';
import { colour } from '../grammars/colour.ts';
import { fontFamily } from '../grammars/font-family.ts';
import { numberBetween } from '../grammars/number.ts';
import { padding } from '../grammars/padding.ts';
import { radius } from '../grammars/radius.ts';
import { textColour } from '../grammars/text-colour.ts';
import { typography } from '../grammars/typography.ts';
import type { Alignment } from '../plan.ts';
import type { Operation } from './operation.ts';
import { ofText } from './operation.ts';

const width = numberBetween({ minimum: 1, maximum: 8192, decimals: 0, rounds: true, unit: 'pixels' });
const fontSize = numberBetween({ minimum: 1, maximum: 4096, decimals: 2, unit: 'pixels' });
const lineHeight = numberBetween({ minimum: 1, maximum: 8192, decimals: 0, rounds: true, unit: 'pixels' });

/** Opacity of a text or of a canvas. */
export const TENTHS = {
  name: 'alpha',
  keys: ['al'],
  meaning: ofText('alpha', numberBetween({ minimum: 1, maximum: 9, decimals: 0 })),
  stage: 'layer',
  cost: 'none',
  takesExpressions: false,
  sdkNames: ['alpha'],
  sentence: 'Opacity in tenths; 9 is the most opaque. It works only with a hexadecimal colour that has no opacity.',
  example: 'al-5',
} as const satisfies Operation;

/** How the text of a text layer is set. */
export const TEXT = [
  {
    name: 'text width',
    keys: ['w'],
    meaning: ofText('width', width),
    stage: 'layer',
    cost: 'none',
    takesExpressions: true,
    sdkNames: ['width'],
    sentence: 'Longest line of a text. Words are wrapped. The box is at least this wide.',
    example: 'w-120',
  },
  {
    name: 'font size',
    keys: ['fs'],
    meaning: ofText('fontSize', fontSize),
    stage: 'layer',
    cost: 'none',
    takesExpressions: true,
    computed: { decimals: 2 },
    sdkNames: ['fontSize'],
    sentence: 'Size of a text in pixels. The default is 45.',
    example: 'fs-bw_div_10',
  },
  {
    name: 'font',
    keys: ['ff'],
    meaning: ofText('font', fontFamily),
    stage: 'layer',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['fontFamily'],
    sentence: 'Font family of a text, or a font file of the library. The default is Open Sans.',
    example: 'ff-Montserrat',
  },
  {
    name: 'text colour',
    keys: ['co'],
    meaning: ofText('colour', textColour),
    stage: 'layer',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['fontColor'],
    sentence: 'Colour of a text. The default is black.',
    example: 'co-C84640',
  },
  {
    name: 'line alignment',
    keys: ['ia'],
    meaning: ofText('align', oneOf<Alignment>(['left', 'right', 'center'])),
    stage: 'layer',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['innerAlignment'],
    sentence: 'Alignment of lines that are shorter than the box.',
    example: 'ia-left',
  },
  {
    name: 'text padding',
    keys: ['pa'],
    meaning: ofText('padding', padding),
    stage: 'layer',
    cost: 'none',
    takesExpressions: true,
    sdkNames: ['padding'],
    sentence: 'Space around a text within its box.',
    example: 'pa-10_20',
  },
  TENTHS,
  {
    name: 'typography',
    keys: ['tg'],
    meaning: ofText('typography', typography),
    stage: 'layer',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['typography'],
    sentence: 'Bold, italic or struck through.',
    example: 'tg-b_i',
  },
  {
    name: 'text background',
    keys: ['bg'],
    meaning: ofText('background', colour),
    stage: 'layer',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['background'],
    sentence: 'Colour of the box behind a text, its padding included.',
    example: 'bg-00000080',
  },
  {
    name: 'text box radius',
    keys: ['r'],
    meaning: ofText('radius', radius),
    stage: 'layer',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['radius'],
    sentence: 'Rounded corners of the box behind a text.',
    example: 'r-8',
  },
  {
    name: 'line height',
    keys: ['lh'],
    meaning: ofText('lineHeight', lineHeight),
    stage: 'layer',
    cost: 'none',
    takesExpressions: true,
    sdkNames: ['lineHeight'],
    sentence: 'Distance between the lines of a text in pixels. The default is 1.2 times the font size.',
    example: 'lh-60',
  },
] as const satisfies readonly Operation[];

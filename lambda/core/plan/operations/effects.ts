import { colorize } from '../grammars/colorize.ts';
import { colourReplacement } from '../grammars/colour-replacement.ts';
import { distortion } from '../grammars/distortion.ts';
import { computedStop, gradient } from '../grammars/gradient.ts';
import { shadow } from '../grammars/shadow.ts';
import { unsharp } from '../grammars/unsharp.ts';
import { NO_WORK } from './cost.ts';
import type { Operation } from './operation.ts';
import { ofStep } from './operation.ts';

/** Effects with several parameters. */
export const EFFECTS = [
  {
    name: 'colour replacement',
    keys: ['cr'],
    meaning: ofStep('replaceColour', colourReplacement),
    stage: 'effects',
    cost: 'loop',
    takesExpressions: false,
    sdkNames: ['colorReplace'],
    sentence:
      'Turns one colour and its shades into another; without a colour to replace it is the one that most of the picture has.',
    example: 'cr-0000FF_35_C84640',
  },
  {
    name: 'tint',
    keys: ['e-colorize'],
    meaning: ofStep('colorize', colorize),
    stage: 'effects',
    cost: 'loop',
    takesExpressions: false,
    sdkNames: ['colorize'],
    sentence: 'Gives all pixels one hue and leaves them as bright as they are.',
    example: 'e-colorize-co-0000FF_in-50',
  },
  {
    name: 'unsharp mask',
    keys: ['e-usm'],
    meaning: ofStep('unsharp', unsharp),
    stage: 'effects',
    cost: ({ unsharp }) => ({ ...NO_WORK, blurRadius: unsharp?.sigma ?? 0 }),
    takesExpressions: false,
    sdkNames: ['unsharpMask', 'effectUSM'],
    sentence: 'Sharpens what differs from a blurred copy; not in AVIF, another format is taken then.',
    example: 'e-usm-2-2-0.8-0.024',
  },
  {
    name: 'distortion',
    keys: ['e-distort'],
    meaning: ofStep('distort', distortion),
    stage: 'distort',
    cost: 'loop',
    takesExpressions: false,
    sdkNames: ['distort'],
    sentence:
      'Puts the corners elsewhere, or bends the picture along an arc; the canvas becomes the box around the result, open where nothing is.',
    example: 'e-distort-a-120',
  },
  {
    name: 'gradient',
    keys: ['e-gradient'],
    meaning: ofStep('gradient', gradient),
    stage: 'gradient',
    cost: 'loop',
    takesExpressions: true,
    computed: { decimals: 2, find: computedStop },
    sdkNames: ['gradient', 'effectGradient'],
    sentence:
      'Draws a gradient over the picture; sp says where it ends, up to 1 as a share of the way, above in pixels.',
    example: 'e-gradient-ld-0_from-FF0000_to-FFFFFF00_sp-0.5',
  },
  {
    name: 'shadow',
    keys: ['e-shadow'],
    meaning: ofStep('shadow', shadow),
    stage: 'shadow',
    cost: 'loop',
    takesExpressions: false,
    sdkNames: ['shadow', 'effectShadow'],
    sentence: 'Lets what is opaque throw a shadow on what is not.',
    example: 'e-shadow-bl-10_st-50_x-5_y-5',
  },
] as const satisfies readonly Operation[];

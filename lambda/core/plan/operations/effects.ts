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
    sentence: 'Replaces one colour and its shades by another. The default is the most common colour of the picture.',
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
    sentence: 'Gives all pixels one hue. Their brightness stays.',
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
    sentence: 'Sharpens what differs from a blurred copy. The result is never AVIF.',
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
      'Moves the corners, or bends the picture along an arc. The canvas is the bounding box of the result, transparent around it.',
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
    sentence: 'Draws a gradient over the picture. sp is where it ends: up to 1 a fraction of the way, above 1 pixels.',
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
    sentence: 'Draws a shadow of the opaque part on the transparent part.',
    example: 'e-shadow-bl-10_st-50_x-5_y-5',
  },
] as const satisfies readonly Operation[];

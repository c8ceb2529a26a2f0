import { oneOf } from '../grammars/choice.ts';
import { focus } from '../grammars/focus.ts';
import { ignored, unset } from '../grammars/grammar.ts';
import { length, lengthOrAuto } from '../grammars/length.ts';
import { numberBetween } from '../grammars/number.ts';
import { ratio } from '../grammars/ratio.ts';
import { withWords } from '../grammars/with-words.ts';
import type { CropMode, CropStrategy } from '../plan.ts';
import type { Operation } from './operation.ts';
import { ofStep, orElse } from './operation.ts';

const crop = ofStep(
  'crop',
  oneOf<CropStrategy>(['maintain_ratio', 'force', 'at_max', 'at_max_enlarge', 'at_least', 'maintain_ratio_no_enlarge']),
);

/** `resize` is the old word for what is done without a mode (ImageKit, first version of the documentation). */
const cropMode = ofStep(
  'cropMode',
  withWords(
    oneOf<CropMode>(['pad_resize', 'pad_resize_no_enlarge', 'extract', 'pad_extract', 'pad_extract_no_shrink']),
    { resize: unset },
  ),
);

const corner = numberBetween({ minimum: -65_535, maximum: 65_535, decimals: 0, rounds: true, unit: 'pixels' });
const centre = numberBetween({ minimum: 0, maximum: 65_535, decimals: 0, rounds: true, unit: 'pixels' });
const pixelRatio = numberBetween({ minimum: 0.1, maximum: 5, decimals: 4 });

/** Everything that decides the size and the part of the picture. */
export const SIZING = [
  {
    name: 'width',
    keys: ['w'],
    meaning: ofStep('width', lengthOrAuto),
    stage: 'size',
    cost: 'none',
    takesExpressions: true,
    sdkNames: ['width'],
    sentence: 'Width in pixels, or as a fraction of the step’s input. Alone, the height follows.',
    example: 'w-120',
  },
  {
    name: 'height',
    keys: ['h'],
    meaning: ofStep('height', length),
    stage: 'size',
    cost: 'none',
    takesExpressions: true,
    sdkNames: ['height'],
    sentence: 'Height in pixels, or as a fraction of the step’s input. Alone, the width follows.',
    example: 'h-0.5',
  },
  {
    name: 'aspect ratio',
    keys: ['ar'],
    meaning: ofStep('aspectRatio', ratio),
    stage: 'size',
    cost: 'none',
    takesExpressions: true,
    computed: { decimals: 6 },
    sdkNames: ['aspectRatio'],
    sentence:
      'Width to height. It sets the side that the URL does not give. Beside both sides it has no effect. Alone it crops at full size.',
    example: 'ar-1-1',
  },
  {
    name: 'crop strategy',
    keys: ['c'],
    meaning: orElse(crop, cropMode),
    stage: 'size',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['crop'],
    sentence: 'How the picture fills the requested size. The default covers the size and crops the rest.',
    example: 'c-at_max',
  },
  {
    name: 'crop mode',
    keys: ['cm'],
    meaning: orElse(cropMode, crop),
    stage: 'size',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['cropMode'],
    sentence:
      'Pads instead of cropping, or cuts without scaling. It takes precedence over a crop strategy in the same step.',
    example: 'cm-pad_resize',
  },
  {
    name: 'focus',
    keys: ['fo'],
    meaning: ofStep('focus', focus),
    stage: 'size',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['focus'],
    sentence: 'Which part of the picture a crop keeps, or where padding puts the picture.',
    example: 'fo-right',
  },
  {
    name: 'zoom',
    keys: ['z'],
    meaning: ofStep('zoom', numberBetween({ minimum: 0.01, maximum: 100, decimals: 4 })),
    stage: 'size',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['zoom'],
    sentence: 'Zoom of fo-custom. Above 1 the crop is closer to the area, below 1 it shows more around it.',
    example: 'z-1.5',
  },
  {
    name: 'left edge',
    keys: ['x'],
    meaning: ofStep('x', corner),
    stage: 'size',
    cost: 'none',
    takesExpressions: true,
    sdkNames: ['x'],
    sentence: 'Left edge of the region that cm-extract cuts. A negative number is the gap between both right edges.',
    example: 'x-130',
  },
  {
    name: 'top edge',
    keys: ['y'],
    meaning: ofStep('y', corner),
    stage: 'size',
    cost: 'none',
    takesExpressions: true,
    sdkNames: ['y'],
    sentence: 'Top edge of the region that cm-extract cuts. A negative number is the gap between both bottom edges.',
    example: 'y-N40',
  },
  {
    name: 'horizontal centre',
    keys: ['xc'],
    meaning: ofStep('xCenter', centre),
    stage: 'size',
    cost: 'none',
    takesExpressions: true,
    sdkNames: ['xCenter'],
    sentence: 'Horizontal centre of the region that cm-extract cuts. The whole region must be inside the picture.',
    example: 'xc-182',
  },
  {
    name: 'vertical centre',
    keys: ['yc'],
    meaning: ofStep('yCenter', centre),
    stage: 'size',
    cost: 'none',
    takesExpressions: true,
    sdkNames: ['yCenter'],
    sentence: 'Vertical centre of the region that cm-extract cuts. The whole region must be inside the picture.',
    example: 'yc-60',
  },
  {
    name: 'device pixel ratio',
    keys: ['dpr'],
    meaning: ofStep('dpr', withWords(pixelRatio, { auto: ignored })),
    stage: 'size',
    cost: 'none',
    takesExpressions: true,
    computed: { decimals: 6 },
    sdkNames: ['dpr'],
    sentence: 'Multiplies width and height. It has no effect when a side would be outside 1 to 5000 pixels.',
    example: 'dpr-2',
  },
] as const satisfies readonly Operation[];

import { choice } from '../grammars/choice.ts';
import { flag, yesOrNo } from '../grammars/flag.ts';
import { unset } from '../grammars/grammar.ts';
import { numberBetween } from '../grammars/number.ts';
import { withWords } from '../grammars/with-words.ts';
import type { FormatChoice } from '../plan.ts';
import type { Operation } from './operation.ts';
import { ofOriginal, ofOutput } from './operation.ts';

const format = choice<FormatChoice>(
  {
    auto: 'auto',
    jpg: 'jpeg',
    jpeg: 'jpeg',
    png: 'png',
    webp: 'webp',
    avif: 'avif',
    gif: 'gif',
    orig: 'original',
  },
  { svg: 'SVG output', mp4: 'video', webm: 'video' },
);

const quality = withWords(numberBetween({ minimum: 1, maximum: 100, decimals: 0 }), { auto: unset });

/** What holds for the final picture. The last one written wins, in whatever step. */
export const OUTPUT = [
  {
    name: 'format',
    keys: ['f'],
    meaning: ofOutput('format', format, 'auto'),
    stage: 'encode',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['format'],
    sentence:
      'Format of the result. auto is AVIF or WebP if the client accepts it, else JPEG or PNG; an animation becomes WebP or GIF. orig is the format of the source.',
    example: 'f-webp',
  },
  {
    name: 'quality',
    keys: ['q'],
    meaning: ofOutput('quality', quality),
    stage: 'encode',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['quality'],
    sentence: 'Quality of lossy formats. The default is 80.',
    example: 'q-10',
  },
  {
    name: 'progressive',
    keys: ['pr'],
    meaning: ofOutput('progressive', yesOrNo),
    stage: 'encode',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['progressive'],
    sentence: 'Writes a progressive JPEG.',
    example: 'pr-true',
  },
  {
    name: 'lossless',
    keys: ['lo'],
    meaning: ofOutput('lossless', yesOrNo),
    stage: 'encode',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['lossless'],
    sentence: 'Writes WebP and PNG without loss.',
    example: 'lo-true',
  },
  {
    name: 'density',
    keys: ['dn'],
    meaning: ofOutput('density', numberBetween({ minimum: 1, maximum: 1200, decimals: 0, rounds: true })),
    stage: 'encode',
    cost: 'none',
    takesExpressions: true,
    sdkNames: ['dn'],
    sentence: 'Density in dots per inch, written into a JPEG, PNG or WebP. The pixels stay the same.',
    example: 'dn-300',
  },
  {
    name: 'metadata',
    keys: ['md'],
    meaning: ofOutput('keepMetadata', yesOrNo),
    stage: 'encode',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['metadata'],
    sentence: 'Keeps all metadata, including the GPS position. The default removes all of it.',
    example: 'md-true',
  },
  {
    name: 'colour profile',
    keys: ['cp'],
    meaning: ofOutput('keepColourProfile', yesOrNo),
    stage: 'encode',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['colorProfile'],
    sentence: 'Keeps the colour profile. The default converts colours to sRGB.',
    example: 'cp-true',
  },
  {
    name: 'original',
    keys: ['orig'],
    meaning: ofOriginal(flag),
    stage: 'encode',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['original'],
    sentence: 'Delivers the file as it was uploaded. Everything else in the transformation has no effect.',
    example: 'orig-true',
  },
] as const satisfies readonly Operation[];

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
      'Format of the result; auto takes the best that the client accepts, GIF for nothing but what moves; orig the source’s own.',
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
    sentence: 'Quality of lossy formats, 80 when not given.',
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
    sentence: 'Dots per inch that a JPEG, PNG or WebP says of itself; the pixels stay the same.',
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
    sentence: 'Keeps all metadata, the place of a photograph among them; without it all are removed.',
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
    sentence: 'Keeps the colour profile; without it colours are converted to sRGB.',
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
    sentence: 'The file as it was uploaded; everything else in the URL has no effect.',
    example: 'orig-true',
  },
] as const satisfies readonly Operation[];

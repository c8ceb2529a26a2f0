import { assetReferenceOrNone } from '../grammars/asset-reference.ts';
import { numberBetween } from '../grammars/number.ts';
import type { Operation } from './operation.ts';
import { ofOutput, ofStep } from './operation.ts';

/** What decides which picture is transformed at all. */
export const SOURCE = [
  {
    name: 'page',
    keys: ['pg'],
    meaning: ofStep('page', numberBetween({ minimum: 1, maximum: 10_000, decimals: 0 })),
    stage: 'source',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['page'],
    sentence: 'Frame of an animation, or page of a TIFF. The result is a still picture.',
    example: 'pg-2',
  },
  {
    name: 'default image',
    keys: ['di'],
    meaning: ofOutput('defaultImage', assetReferenceOrNone),
    stage: 'source',
    cost: 'none',
    takesExpressions: false,
    sdkNames: ['defaultImage'],
    sentence: 'Fallback when no file has the URL’s path. It gets the same transformation.',
    example: 'di-folder@@placeholder.png',
  },
] as const satisfies readonly Operation[];

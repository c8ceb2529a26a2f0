import { decideFormat } from '../render/output/output-format.ts';
import type { SourceFormat } from '../render/source/header.ts';
import type { DecideFormat } from './explain-url.ts';

/**
 * The renderer's choice for a picture that its steps leave as it is: they may add transparency, which only the pixels
 * show, and a file that was not changed is delivered as it is when that is smaller.
 */
export const explainFormat: DecideFormat = (output, accepts, { format, frames, hasAlpha }) => {
  const source = (format === 'jpg' ? 'jpeg' : format) as SourceFormat;
  const { format: chosen, because } = decideFormat(output, accepts, source, { frames, hasAlpha, hasGaps: false });
  return { chosen, why: because };
};

import { decideFormat } from '../render/output/output-format.ts';
import type { SourceFormat } from '../render/source/header.ts';
import type { DecideFormat } from './explain-url.ts';

/**
 * The renderer's choice of format, from the source alone. Two things show only in the pixels and are left out: steps
 * may add transparency, and an unchanged file is delivered as it is when it is smaller.
 */
export const explainFormat: DecideFormat = (output, accepts, { format, frames, hasAlpha }) => {
  const source = (format === 'jpg' ? 'jpeg' : format) as SourceFormat;
  const { format: chosen, because } = decideFormat(output, accepts, source, { frames, hasAlpha, hasGaps: false });
  return { chosen, why: because };
};

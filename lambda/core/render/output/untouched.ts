import { asksNothing } from '../../plan/asks-nothing.ts';
import type { OutputFormat, Plan } from '../../plan/plan.ts';
import type { FormatClass } from '../../request/format-class.ts';
import { fitsOutput } from '../picture/guard-output.ts';
import { isBareFile } from '../source/bare-file.ts';
import type { SourceHeader } from '../source/header.ts';
import { FORMAT_NAMES } from '../source/inspect.ts';
import { shownChunks } from '../source/png-chunks.ts';
import type { Rendered } from './encode.ts';

/** What clients of each class can show, as far as `isBareFile` can tell about it. */
const SHOWN: Readonly<Record<FormatClass, readonly string[]>> = {
  plain: ['jpeg', 'png', 'gif'],
  webp: ['jpeg', 'png', 'gif', 'webp'],
  avif: ['jpeg', 'png', 'gif', 'webp'],
};

/**
 * The source as a candidate for delivery: nothing was asked for, the client can show it as it is, it is stored upright,
 * and it holds nothing besides its pixels. A smaller re-encoding still beats it.
 */
export function untouchedSource(header: SourceHeader, plan: Plan, accepts: FormatClass): Rendered | undefined {
  const { bytes, format, size, orientation, colours } = header;
  if (!asksNothing(plan)) return undefined;
  // Browsers do not agree on colours for print.
  const isAllowed = plan.output.keepsFormat || SHOWN[accepts].includes(format);
  const isShown = isAllowed && colours !== 'other' && orientation === 1;
  if (!isShown || !isBareFile(bytes, format)) return undefined;
  return { bytes, contentType: FORMAT_NAMES[format].contentType, format: format as OutputFormat, ...size };
}

/**
 * An animated PNG of which nothing is asked keeps its motion, which no decoder here would: its own chunks, without those
 * about its owner. Not one that must be turned: what says so would be gone.
 */
export function movingPng({ bytes, size, isAnimatedPng, orientation }: SourceHeader, plan: Plan): Rendered | undefined {
  if (!isAnimatedPng || orientation > 1 || !asksNothing(plan)) return undefined;
  return {
    bytes: plan.output.keepMetadata ? bytes : shownChunks(bytes),
    contentType: 'image/png',
    format: 'png',
    ...size,
  };
}

/**
 * Whether the untouched source wins without a contest: a re-encoding would be refused for its size, or is a GIF of a GIF,
 * which takes seconds and is never smaller.
 */
export function winsUnseen({ format }: Rendered, header: SourceHeader, accepts: FormatClass): boolean {
  return !fitsOutput(header.size, header.frames) || (format === 'gif' && accepts === 'plain');
}

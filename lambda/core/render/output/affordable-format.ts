import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import type { OutputFormat, OutputSettings } from '../../plan/plan.ts';
import type { FormatClass } from '../../request/format-class.ts';
import { grouped } from '../grouped.ts';
import { guardOutput } from '../picture/guard-output.ts';
import type { Picture } from '../picture/picture.ts';
import type { SourceHeader } from '../source/header.ts';
import { keepsAnything } from '../source/output-needs.ts';
import { BUSIEST, busynessOf } from './busyness.ts';
import { bytesToEncodeAvif, secondsToEncode } from './encoding-cost.ts';
import { chooseFormat } from './output-format.ts';

/**
 * Seconds of one processor, as measured, that a render may come to, decoding and steps counted: a third of the time limit,
 * for machines are slower than the one that was measured, and busy, and what is given up early needs time for another try.
 */
const AFFORDABLE = 1.5;

/** Pixels of a picture for which every format is affordable, so that nothing is counted: the busiest AVIF takes 0.8 seconds. */
const ALWAYS_AFFORDABLE = 3_000_000;

export interface FormatQuestion {
  readonly output: OutputSettings;
  readonly accepts: FormatClass;
  readonly header: SourceHeader;
  readonly picture: Picture;
  /** Seconds of one processor that went into the picture so far, estimated. */
  readonly spent: number;
}

/**
 * The format that a picture is encoded in: the best one that the client shows and that can be had within time and
 * memory, known before it is tried. What the URL asks for by name is tried as long as its memory can suffice.
 * @throws transformation.limit, or render.memory
 */
export async function affordableFormat(question: FormatQuestion): Promise<OutputFormat> {
  const { output, picture, spent } = question;
  const best = chooseFormat(output, question.accepts, question.header, picture);
  const pixels = picture.size.width * picture.size.height * picture.frames;
  guardOutput(picture.size, picture.frames);
  if (best === 'avif') guardAvif(pixels);
  if (output.format !== 'auto' || pixels <= ALWAYS_AFFORDABLE) return best;
  const ladder = [best, ...cheaperThan(best, question)];
  // Settled pixels would lose the metadata that the file's own call carries over.
  const busyness = ladder.length === 1 || keepsAnything(output) ? BUSIEST : await busynessOf(await picture.settle());
  const costOf = (format: OutputFormat) =>
    secondsToEncode(format === 'webp' && output.lossless ? 'losslessWebp' : format, pixels, busyness);
  return ladder.find((format) => spent + costOf(format) <= AFFORDABLE) ?? (ladder.at(-1) as OutputFormat);
}

/** Formats that take less time, the better one first. Nothing but GIF and WebP moves. */
function cheaperThan(best: OutputFormat, { output, picture }: FormatQuestion): OutputFormat[] {
  if (picture.frames > 1 || output.keepsFormat) return [];
  const last = picture.hasAlpha || output.lossless ? 'png' : 'jpeg';
  const ladder: readonly OutputFormat[] = best === 'avif' ? ['webp', last] : [last];
  return ladder.filter((format) => format !== best);
}

function guardAvif(pixels: number): void {
  if (bytesToEncodeAvif(pixels) <= LIMITS.renderBytes) return;
  throw problem(
    'render.memory',
    `An AVIF of ${grouped(pixels)} pixels takes more than the ${grouped(LIMITS.renderBytes)} bytes of memory that a render may take; f-webp and f-auto take less.`,
  );
}

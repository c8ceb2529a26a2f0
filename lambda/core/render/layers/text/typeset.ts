import sharp from 'sharp';
import { LIMITS } from '../../../../contract/limits.ts';
import { problem } from '../../../kernel/problems.ts';
import type { Alignment } from '../../../plan/plan.ts';
import { run } from '../../engine.ts';
import type { Pixels } from '../../picture/pixels.ts';
import { toPixels } from '../../picture/pixels.ts';
import { fontOf, markupOf } from './markup.ts';
import type { Setting } from './setting.ts';

/** At this resolution a point is a pixel. */
const DOTS_PER_INCH = 72;

/**
 * Draws a text, cut to its ink (ImageKit, "Add overlays": empty space around glyphs is trimmed).
 * @returns undefined when there is no ink: spaces alone
 * @throws Problem transformation.limit
 */
export async function typeset(setting: Setting): Promise<Pixels | undefined> {
  const { file, width, align } = setting;
  const image = sharp({
    text: {
      text: markupOf(setting),
      font: fontOf(setting),
      ...(file !== undefined && { fontfile: file }),
      ...(width !== undefined && { width }),
      align: SHARP_ALIGN[startsRightToLeft(setting.text) ? mirrored(align) : align],
      // Within words only where a word is longer than a line.
      wrap: 'word-char',
      dpi: DOTS_PER_INCH,
      rgba: true,
    },
    limitInputPixels: false,
  });
  try {
    return toPixels(await run(image.raw(), 'memory'), 1);
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (message.includes('no text to render')) return undefined;
    // Of cairo; some characters are as wide as twenty others, which no estimate foresees.
    if (message.includes('typically too big')) throw tooLarge();
    throw error;
  }
}

const tooLarge = () =>
  problem(
    'transformation.limit',
    `A side of the result may have at most ${LIMITS.outputSide} pixels; this text has more.`,
  );

const SHARP_ALIGN = { left: 'left', center: 'centre', right: 'right' } as const satisfies Record<Alignment, string>;

/** Pango takes left for the side where a paragraph begins (`pango_layout_set_auto_dir`). */
const mirrored = (align: Alignment): Alignment => (align === 'center' ? 'center' : align === 'left' ? 'right' : 'left');

const LETTER = /\p{L}/u;
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

function startsRightToLeft(text: string): boolean {
  const first = LETTER.exec(text)?.[0];
  return first !== undefined && RIGHT_TO_LEFT.test(first);
}

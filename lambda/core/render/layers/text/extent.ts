import { LIMITS } from '../../../../contract/limits.ts';
import { checkOutputSize } from '../../../plan/geometry/output-limits.ts';
import type { Size } from '../../../plan/geometry/size.ts';
import { requireIsolation } from '../../isolated/isolation.ts';
import { type Setting, scaled } from './setting.ts';
import { typeset } from './typeset.ts';

/** Pixels that may be drawn without asking first how large a text comes out. */
const SMALL = 4_000_000;

/** Half of the longest side that cairo can draw (32767, cairo-image-surface.c). */
const SHORT = 16_000;

/** Pictographs that are drawn here: each costs a millisecond and, large, a megabyte of the font library's own memory. */
const FEW_PICTOGRAPHS = 50;

/** By how much the estimate of a text may be off: glyphs grow in steps of a pixel. */
const TOLERANCE = 1.1;

/**
 * Sees to it that a text can be drawn: pango takes the memory for all of it before anybody can look at its size, and 2000
 * characters of 4096 pixels would be 50 GB. A text that could be large is drawn small first.
 * @throws Problem transformation.limit; OnlyIsolated for what a process that may be killed should draw
 */
export async function checkExtent(setting: Setting): Promise<void> {
  if ((setting.text.match(/\p{Extended_Pictographic}/gu) ?? []).length > FEW_PICTOGRAPHS) requireIsolation();
  const most = boundOf(setting);
  const scale = Math.min(Math.sqrt(SMALL / area(most)), SHORT / most.width, SHORT / most.height);
  if (scale >= 1) return;
  const size = await estimate(setting, scale);
  if (isFarTooLarge(size)) checkOutputSize(size);
  if (area(size) > SMALL) requireIsolation();
}

async function estimate(setting: Setting, scale: number): Promise<Size> {
  const small = await typeset(scaled(setting, scale));
  const [width, height] = [small?.width ?? 0, small?.height ?? 0];
  return { width: Math.round(width / scale), height: Math.round(height / scale) };
}

/** A size which no rounding could bring below the limits; what is near them is measured when it is drawn. */
function isFarTooLarge({ width, height }: Size): boolean {
  const [sides, pixels] = [LIMITS.outputSide * TOLERANCE, LIMITS.outputPixels * TOLERANCE];
  return Math.max(width, height) > sides || width * height > pixels;
}

/** More than a text takes, unless its characters are of the few that are wider than two others. */
function boundOf({ text, size, width, lineHeight }: Setting): Size {
  const lines = text.split('\n').map((line) => [...line].length);
  const longest = Math.max(...lines) * 2 * size;
  const inOneLine = width === undefined ? Infinity : Math.max(1, Math.floor(width / (2 * size)));
  const rows = lines.reduce((sum, length) => sum + Math.max(1, Math.ceil(length / inOneLine)), 0);
  const marks = (text.match(/\p{M}/gu) ?? []).length;
  return {
    width: Math.min(longest, (width ?? Infinity) + 2 * size),
    height: rows * Math.max(lineHeight, 2 * size) + marks * size * MARK_HEIGHT,
  };
}

/** Marks can be piled up on one letter, each by this part of the font's size. */
const MARK_HEIGHT = 0.3;

const area = ({ width, height }: Size): number => width * height;

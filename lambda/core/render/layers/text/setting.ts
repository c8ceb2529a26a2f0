import type { Alignment, Colour, Typography } from '../../../plan/plan.ts';

/** Everything that a text's glyphs and lines are drawn from. Lengths are pixels. */
export interface Setting {
  readonly text: string;
  /** A family that fontconfig knows, or that `file` brings. */
  readonly family: string;
  /** A font of the library, ready on disk. */
  readonly file?: string | undefined;
  readonly size: number;
  /** Longest line; undefined leaves lines as they are written. */
  readonly width?: number | undefined;
  readonly lineHeight: number;
  readonly align: Alignment;
  readonly colour: Colour;
  readonly typography?: Typography | undefined;
}

/** The same text, all its lengths multiplied. */
export function scaled(setting: Setting, scale: number): Setting {
  const { size, width, lineHeight } = setting;
  return {
    ...setting,
    size: size * scale,
    lineHeight: lineHeight * scale,
    ...(width !== undefined && { width: Math.max(1, Math.round(width * scale)) }),
  };
}

/**
 * A text as it is drawn: one kind of line break, and no characters that control terminals. Those that say in which
 * direction text runs stay.
 */
export function printable(text: string): string {
  return text.replaceAll(/\r\n?|[\u2028\u2029\v\f]/g, '\n').replaceAll(/(?![\n\t])[\p{Cc}\ufffe\uffff]/gu, '');
}

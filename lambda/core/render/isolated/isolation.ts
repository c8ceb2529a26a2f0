import sharp from 'sharp';
import type { Size } from '../../plan/geometry/size.ts';

/** A drawing, ready to become pixels. */
export interface Drawing {
  /** The file that has exactly this size, for the decoder. */
  at(size: Size): Buffer;
}

/** Reads an SVG, and leaves out whatever loads or runs. @throws Problem */
export type OpenDrawing = (source: Uint8Array, natural: Size) => Drawing;

/** This work belongs into a child process. Never reaches a client: `render` catches it and has it done there. */
export class OnlyIsolated extends Error {}

/** What only an isolated process can do. */
export interface Isolation {
  readonly openDrawing: OpenDrawing;
  /**
   * Puts a font on disk under another family name, where what draws texts finds it. The process knows the font from
   * then on, and must not be given another job.
   * @returns its file; undefined for what is no usable TrueType or OpenType font
   */
  readonly keepFont: (family: string, bytes: Uint8Array) => string | undefined;
}

/** One for the whole process, like the list of what sharp may decode. */
let isolation: Isolation | undefined;

/**
 * Lets this process do everything: it is a child, and its parent kills it when it takes too long or too much memory.
 */
export function beIsolated(abilities: Isolation): void {
  sharp.unblock({ operation: ['VipsForeignLoadSvg'] });
  isolation = abilities;
}

/** @throws OnlyIsolated unless this process is a child that may be killed */
export function requireIsolation(): Isolation {
  if (!isolation) throw new OnlyIsolated('This is for a child process');
  return isolation;
}

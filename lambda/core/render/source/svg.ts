import type { Size } from '../../plan/geometry/layout.ts';

/** Size of a replaced element that says nothing about its own (CSS 2.2, section 10.3.2). */
const UNSTATED: Size = { width: 300, height: 150 };

/** What is said about larger ones: they are no size that anything could have, and infinity is no number to store. */
const LARGEST_SIDE = 1_000_000_000;

/** Bytes in which a root element must begin. */
const HEAD = 8192;

/** What may stand before a root element, by how it begins and ends. */
const PROLOG: readonly (readonly [begin: RegExp, end: RegExp])[] = [
  [/^<\?/, /\?>/],
  [/^<!--/, /-->/],
  [/^<!DOCTYPE[^>[]*\[/i, /\]\s*>/],
  [/^<!DOCTYPE/i, />/],
];

/** The start tag of an SVG's root element; undefined when the file is something else. */
export function svgRoot(bytes: Buffer): string | undefined {
  let rest = bytes
    .toString('utf8', 0, HEAD)
    .replace(/^\uFEFF/, '')
    .trimStart();
  for (;;) {
    const end = PROLOG.find(([begin]) => begin.test(rest))?.[1].exec(rest);
    if (!end) return /^<(?:svg:)?svg[\s>/][^>]*/i.exec(rest)?.[0];
    rest = rest.slice(end.index + end[0].length).trimStart();
  }
}

/**
 * The size that an SVG's root element asks for: its width and height in pixels, else its viewBox. Read as text; the
 * file is never drawn.
 */
export function svgSize(root: string): Size {
  const [, , boxWidth, boxHeight] = (attribute(root, 'viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const ratio = boxWidth && boxHeight && boxWidth > 0 && boxHeight > 0 ? boxWidth / boxHeight : undefined;
  const width = pixels(attribute(root, 'width'));
  const height = pixels(attribute(root, 'height'));
  if (width && height) return whole(width, height);
  if (width) return whole(width, ratio ? width / ratio : UNSTATED.height);
  if (height) return whole(ratio ? height * ratio : UNSTATED.width, height);
  return ratio && boxWidth && boxHeight ? whole(boxWidth, boxHeight) : UNSTATED;
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1];
}

/** Units other than pixels are relative to something that a file alone does not know, or to paper. */
function pixels(length: string | undefined): number | undefined {
  const value = /^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/.exec(length ?? '')?.[1];
  return value === undefined ? undefined : Number(value);
}

const whole = (width: number, height: number): Size => ({ width: side(width), height: side(height) });

const side = (length: number): number => Math.min(LARGEST_SIDE, Math.max(1, Math.round(length)));

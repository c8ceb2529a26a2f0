import type { Size } from '../../plan/geometry/layout.ts';

/** Size of a replaced element that says nothing about its own (CSS 2.2, section 10.3.2). */
const UNSTATED: Size = { width: 300, height: 150 };

/** Larger sides are told as this one: nothing is so large, and infinity cannot be stored as a number. */
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
 * The size that an SVG's root element asks for: its width and height, else its viewBox. Read as text; the file is never
 * drawn.
 */
export function svgSize(root: string): Size {
  const [, , boxWidth, boxHeight] = (attribute(root, 'viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const ratio = boxWidth && boxHeight && boxWidth > 0 && boxHeight > 0 ? boxWidth / boxHeight : undefined;
  const em = pixels(property(root, 'font-size'), FONT_SIZE) ?? FONT_SIZE;
  const width = pixels(property(root, 'width'), em);
  const height = pixels(property(root, 'height'), em);
  if (width && height) return whole(width, height);
  if (width) return whole(width, ratio ? width / ratio : UNSTATED.height);
  if (height) return whole(ratio ? height * ratio : UNSTATED.width, height);
  return ratio && boxWidth && boxHeight ? whole(boxWidth, boxHeight) : UNSTATED;
}

/** Width, height and font size are presentation attributes: a style wins over them (SVG 2, section 6.6). */
function property(tag: string, name: string): string | undefined {
  const style = (attribute(tag, 'style') ?? '').replaceAll(/\/\*.*?\*\//gs, ' ').split(';');
  const declared = style.findLast((declaration) => declaration.split(':', 1)[0]?.trim().toLowerCase() === name);
  return declared?.replace(/^[^:]*:/, '').replace(/!\s*important\s*$/i, '') ?? attribute(tag, name);
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return found?.[1] ?? found?.[2];
}

/** What a browser takes for `medium`, in pixels. */
const FONT_SIZE = 16;

/** Pixels of the absolute units (CSS Values 4, section 6.2). */
const ABSOLUTE: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 9.6 / 2.54,
  q: 2.4 / 2.54,
  rem: FONT_SIZE,
};

/** Shares of the font size, where the font itself is not asked (CSS Values 4, section 6.1.1). */
const OF_FONT: Readonly<Record<string, number>> = { em: 1, ex: 0.5, ch: 0.5 };

/**
 * A length in pixels. Shares of the window or of what is around the picture are no size: a file alone has neither.
 * @param em the font size that lengths are relative to
 */
function pixels(length: string | undefined, em: number): number | undefined {
  const [, value = '', unit = ''] = /^\s*\+?(\d+\.?\d*|\.\d+)([a-z]*)\s*$/i.exec(length ?? '') ?? [];
  const name = unit.toLowerCase();
  const factor = ABSOLUTE[name] ?? (OF_FONT[name] === undefined ? undefined : OF_FONT[name] * em);
  return value === '' || factor === undefined ? undefined : Number(value) * factor;
}

const whole = (width: number, height: number): Size => ({ width: side(width), height: side(height) });

const side = (length: number): number => Math.min(LARGEST_SIDE, Math.max(1, Math.round(length)));

import type { Size } from '../geometry/layout.ts';

/** Size of a replaced element that says nothing about its own (CSS 2.2, section 10.3.2). */
const UNSTATED: Size = { width: 300, height: 150 };

/**
 * The size that an SVG's root element asks for: its width and height in pixels, else its viewBox. Read as text; the
 * file is never drawn.
 */
export function svgSize(bytes: Buffer): Size {
  const root = /<(?:svg:)?svg\b[^>]*>/i.exec(bytes.toString('utf8', 0, 8192))?.[0] ?? '';
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

const whole = (width: number, height: number): Size => ({
  width: Math.max(1, Math.round(width)),
  height: Math.max(1, Math.round(height)),
});

import { extensionOf } from '../library/asset-path.ts';

/** Letters of an extension that fit on the card. */
const LETTERS = 5;

/** A sheet of paper with a file's extension on it, an SVG of 300 x 300: the thumbnail of what cannot be drawn. */
export function thumbnailCard(path: string): Uint8Array {
  const extension = extensionOf(path)
    .replace(/[^a-z0-9]/g, '')
    .slice(0, LETTERS)
    .toUpperCase();
  return new TextEncoder().encode(
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300" viewBox="0 0 300 300">' +
      '<path d="M60 20h130l50 50v210H60z" fill="#f4f5f7" stroke="#9aa3af" stroke-width="6"/>' +
      '<path d="M190 20v50h50" fill="none" stroke="#9aa3af" stroke-width="6"/>' +
      `<text x="150" y="195" font-family="Arimo" font-weight="bold" font-size="48" text-anchor="middle" fill="#4b5563">${extension || 'FILE'}</text></svg>`,
  );
}

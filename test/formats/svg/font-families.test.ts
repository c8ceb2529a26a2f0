import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { FONT_SUBSTITUTES, GENERIC_FONTS } from '../../../lambda/contract/fonts.ts';

/* The renderer's engine is not imported here: it would forbid to draw an SVG in this process. */

/** Pixels at which one unit of a font (2048 to its size) is a tenth of a pixel. */
const SIZE = 204.8;

async function drawn(family: string, text = 'Hamburgefonstiv 0123 Ag', style = ''): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="60"><text x="5" y="40" font-size="30" font-family="${family}" ${style}>${text}</text></svg>`;
  return sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer();
}

/** Where the ink of a bar behind a text begins: the text's own advance, in thousandths of its size. */
async function advance(family: string, text: string): Promise<number> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="300"><text y="200" font-size="${SIZE}" font-family="${family}"><tspan fill-opacity="0">${text}</tspan><tspan font-family="Arimo" fill="#000">|</tspan></text></svg>`;
  const { info } = await sharp(Buffer.from(svg)).trim({ lineArt: true }).toBuffer({ resolveWithObject: true });
  const bar = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="300"><text y="200" font-size="${SIZE}" font-family="Arimo">|</text></svg>`;
  const alone = await sharp(Buffer.from(bar)).trim({ lineArt: true }).toBuffer({ resolveWithObject: true });
  return ((alone.info.trimOffsetLeft ?? 0) - (info.trimOffsetLeft ?? 0)) / SIZE;
}

describe('text in an SVG', () => {
  const asked = [...Object.entries(FONT_SUBSTITUTES), ...Object.entries(GENERIC_FONTS)].flatMap(([family, others]) =>
    others.map((other) => [other, family] as const),
  );

  it.each(asked)('in %s is set in %s', async (other, family) => {
    expect((await drawn(other)).equals(await drawn(family))).toBe(true);
    expect((await drawn(`'Nobody has this', ${other}`)).equals(await drawn(family))).toBe(true);
  });

  it('is set in eight families that look different', async () => {
    const pictures = await Promise.all(Object.keys(FONT_SUBSTITUTES).map((family) => drawn(family)));

    expect(new Set(pictures.map((pixels) => pixels.toString('base64'))).size).toBe(pictures.length);
    expect((await drawn('Arial')).equals(await drawn('Montserrat'))).toBe(false);
  });

  /** Advances in the original fonts, in 2048 units of their size. */
  it.each([
    ['Arial', 'W', 1933],
    ['Helvetica', 'i', 455],
    ['Times New Roman', 'W', 1933],
    ['Georgia', 'W', 2000],
    ['Courier New', 'i', 1229],
    ['Verdana', 'W', 2025],
  ])('in %s is as wide as it was drawn: %s has %d units', async (family, letter, units) => {
    const ten = letter.repeat(5);

    expect(Math.abs((await advance(family, ten)) * 2048 - 5 * units)).toBeLessThan(5 * units * 0.01);
  });

  it('has bold and slanted faces, and falls back to Noto Sans for a family that nobody has', async () => {
    const upright = await drawn('Arial');

    expect((await drawn('Arial', undefined, 'font-weight="bold"')).equals(upright)).toBe(false);
    expect((await drawn('Arial', undefined, 'font-style="italic"')).equals(upright)).toBe(false);
    expect((await drawn('Nobody has this')).equals(await drawn('Noto Sans'))).toBe(true);
  });

  it('of a file that names no family is set as browsers set it, in a serif', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="60"><text x="5" y="40" font-size="30">Hamburgefonstiv 0123 Ag</text></svg>';

    expect((await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer()).equals(await drawn('Tinos'))).toBe(true);
  });
});

import type { Stage } from './stage.ts';

/** Shares of the colours in brightness (ITU-R BT.709). */
const LUMA = [0.2126, 0.7152, 0.0722] as const;

/** Gives pixels the hue of a colour and leaves their brightness: darker than it they go to black, brighter to white. */
export const colorize: Stage = async (picture, { colorize: tint }) => {
  if (!tint || tint.intensity === 0) return;
  const share = tint.intensity / 100;
  const shades = shadesOf([tint.colour.r, tint.colour.g, tint.colour.b]);
  await picture.edit(({ data }) => {
    for (let at = 0; at < data.length; at += 4) {
      const luma = Math.round(
        (data[at] as number) * LUMA[0] + (data[at + 1] as number) * LUMA[1] + (data[at + 2] as number) * LUMA[2],
      );
      for (let channel = 0; channel < 3; channel++) {
        const value = data[at + channel] as number;
        data[at + channel] = Math.round(value + ((shades[luma * 3 + channel] as number) - value) * share);
      }
    }
  });
};

/** The colour in each of 256 brightnesses. */
function shadesOf(colour: readonly [number, number, number]): Float64Array {
  const own = Math.min(254, Math.max(1, colour[0] * LUMA[0] + colour[1] * LUMA[1] + colour[2] * LUMA[2]));
  const shades = new Float64Array(256 * 3);
  for (let luma = 0; luma < 256; luma++) {
    for (let channel = 0; channel < 3; channel++) {
      const value = colour[channel] as number;
      shades[luma * 3 + channel] =
        luma <= own ? (value * luma) / own : 255 - ((255 - value) * (255 - luma)) / (255 - own);
    }
  }
  return shades;
}

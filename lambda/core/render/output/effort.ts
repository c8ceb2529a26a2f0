/**
 * Encoder effort of first answers, by how many pixels all frames have: the most that leaves an encode well within the time
 * limit. AVIF is answered with the least, which is smaller than WebP already and as fast as JPEG. What is stored may be
 * encoded better while nobody waits (better-encoding.ts).
 */
type Ladder = readonly { readonly upTo: number; readonly effort: number }[];

/**
 * Seconds for a megapixel on one processor, busy picture: AVIF 0.8 at effort 3, 0.45 at 2, 0.27 at 1, 0.08 at 0; WebP 0.14
 * at effort 4, 0.07 at 2, 0.04 at 0; GIF 0.9 at effort 4, 0.4 at 1.
 *
 * Bytes of AVIF at equal SSIMULACRA2 (55 to 80), WebP at effort 4 being 1, over 12 photographs at 560 pixels: 0.86 at
 * effort 0 for half of WebP's processor time, 0.67 at effort 3 for four times as much. sharp tunes AVIF for the eye
 * (`tune` "iq") by itself.
 */
const LADDERS = {
  avif: [],
  webp: [
    { upTo: 4_000_000, effort: 4 },
    { upTo: 8_000_000, effort: 2 },
  ],
  losslessWebp: [
    { upTo: 2_000_000, effort: 4 },
    { upTo: 4_000_000, effort: 2 },
  ],
  gif: [{ upTo: 500_000, effort: 4 }],
  /** Of photographs: more effort takes twice as long for colours that lie as near (a mean error of 1.25 for 1.21 shades). */
  fullGif: [],
  /** Of one palette: libvips looks for it once, and lays it on the frames in half of the time that a poor one takes (effort 1). */
  onePaletteGif: [],
} as const satisfies Record<string, Ladder>;

const LEAST = { avif: 0, webp: 0, losslessWebp: 0, gif: 1, fullGif: 1, onePaletteGif: 4 } as const;

export function effortFor(encoder: keyof typeof LADDERS, pixels: number): number {
  const ladder: Ladder = LADDERS[encoder];
  return ladder.find(({ upTo }) => pixels <= upTo)?.effort ?? LEAST[encoder];
}

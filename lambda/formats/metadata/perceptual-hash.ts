/** Brightness comes as a square of this side. */
const SIDE = 32;

/** Low frequencies that make the hash: 8 x 8 of them are 64 bits. */
const KEPT = 8;

/**
 * A hash that is alike for pictures that look alike: the signs of the lowest frequencies of the cosine transform against
 * their median (C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010). The number of
 * bits in which two hashes differ is their distance.
 * @param grey brightness, 32 x 32
 * @returns 16 hexadecimal characters
 */
export function perceptualHash(grey: Uint8Array): string {
  const frequencies = lowFrequencies(grey);
  const sorted = [...frequencies.slice(1)].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  let bits = 0n;
  for (const value of frequencies) bits = (bits << 1n) | (value > median ? 1n : 0n);
  return bits.toString(16).padStart(16, '0');
}

/** Cosines of every kept frequency at every place. */
const COSINES = Array.from({ length: KEPT }, (_, frequency) =>
  Array.from({ length: SIDE }, (_unused, at) => Math.cos(((2 * at + 1) * frequency * Math.PI) / (2 * SIDE))),
);

function lowFrequencies(grey: Uint8Array): number[] {
  const rows = COSINES.map((cosines) =>
    Array.from({ length: SIDE }, (_, y) =>
      cosines.reduce((sum, cosine, x) => sum + cosine * (grey[y * SIDE + x] ?? 0), 0),
    ),
  );
  return COSINES.flatMap((cosines) =>
    rows.map((column) => cosines.reduce((sum, cosine, y) => sum + cosine * (column[y] ?? 0), 0)),
  );
}

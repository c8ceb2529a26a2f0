/** Shades of a channel that count as one. */
const STEP = 16;

/**
 * The colour that most of a picture has: the mean of the fullest of 4096 boxes of colours; transparent pixels do not count.
 * @param data red, green, blue, alpha
 * @returns `#rrggbb`; white when nothing is to be seen
 */
export function dominantColour(data: Uint8Array): string {
  const boxes = new Map<number, { count: number; sum: [number, number, number] }>();
  for (let at = 0; at < data.length; at += 4) {
    const [r = 0, g = 0, b = 0, alpha = 0] = data.subarray(at, at + 4);
    if (alpha < 128) continue;
    const key = (Math.floor(r / STEP) << 8) | (Math.floor(g / STEP) << 4) | Math.floor(b / STEP);
    const box = boxes.get(key) ?? { count: 0, sum: [0, 0, 0] };
    box.count += 1;
    box.sum = [box.sum[0] + r, box.sum[1] + g, box.sum[2] + b];
    boxes.set(key, box);
  }
  const fullest = [...boxes.values()].reduce((best, box) => (box.count > best.count ? box : best), NOTHING);
  return `#${fullest.sum.map((sum) => hex(Math.round(sum / fullest.count))).join('')}`;
}

const NOTHING: { count: number; sum: [number, number, number] } = { count: 1, sum: [255, 255, 255] };

const hex = (value: number): string => Math.min(255, value).toString(16).padStart(2, '0');

import sharp, { type Sharp } from 'sharp';

/** Decoded pixels, red green blue alpha. */
export interface Shown {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** What a viewer shows of a picture: its first frame, upright, in sRGB. */
export function shown(bytes: Uint8Array): Promise<Shown> {
  return decoded(sharp(bytes).autoOrient());
}

/** The numbers that are stored for a picture's colours, whatever its profile says about them. */
export function stored(bytes: Uint8Array): Promise<Shown> {
  return decoded(sharp(bytes).keepIccProfile());
}

async function decoded(image: Sharp): Promise<Shown> {
  const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** The colour at a point, 0..1 from the top left. */
export function colourAt({ data, width, height }: Shown, x: number, y: number): number[] {
  const index = (Math.min(height - 1, Math.floor(y * height)) * width + Math.min(width - 1, Math.floor(x * width))) * 4;
  return [...data.subarray(index, index + 4)];
}

/**
 * 64 bits that say for an 8 x 8 grid whether brightness grows from cell to cell: the same for the same picture, however
 * it was encoded.
 */
export async function fingerprint(picture: Shown): Promise<bigint> {
  const { data } = await onWhite(picture)
    .greyscale()
    .resize(9, 8, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  let bits = 0n;
  for (let row = 0; row < 8; row++) {
    for (let column = 0; column < 8; column++) {
      const at = row * 9 + column;
      bits = (bits << 1n) | ((data[at] ?? 0) < (data[at + 1] ?? 0) ? 1n : 0n);
    }
  }
  return bits;
}

/** Bits in which two fingerprints differ. */
export function fingerprintDistance(one: bigint, other: bigint): number {
  let rest = one ^ other;
  let count = 0;
  for (; rest > 0n; rest &= rest - 1n) count++;
  return count;
}

/**
 * The largest difference of any channel, 0..255, between the means of blocks of 4 x 4 pixels: noise of an encoder cancels
 * out, a wrong colour or a shifted edge does not. Pictures of different sizes are as different as can be.
 */
export function maxColourDistance(one: Shown, other: Shown): number {
  if (one.width !== other.width || one.height !== other.height) return 255;
  let largest = 0;
  for (let top = 0; top < one.height; top += 4) {
    for (let left = 0; left < one.width; left += 4) {
      const first = blockMean(one, left, top);
      const second = blockMean(other, left, top);
      for (let channel = 0; channel < 4; channel++) {
        largest = Math.max(largest, Math.abs((first[channel] ?? 0) - (second[channel] ?? 0)));
      }
    }
  }
  return largest;
}

/** Colours count by their alpha: what cannot be seen is no difference. */
function blockMean({ data, width, height }: Shown, left: number, top: number): number[] {
  const sums = [0, 0, 0, 0];
  let count = 0;
  for (let y = top; y < Math.min(top + 4, height); y++) {
    for (let x = left; x < Math.min(left + 4, width); x++) {
      const at = (y * width + x) * 4;
      const alpha = data[at + 3] ?? 0;
      for (let channel = 0; channel < 3; channel++) {
        sums[channel] = (sums[channel] ?? 0) + ((data[at + channel] ?? 0) * alpha) / 255;
      }
      sums[3] = (sums[3] ?? 0) + alpha;
      count++;
    }
  }
  return sums.map((sum) => sum / count);
}

function onWhite({ data, width, height }: Shown) {
  return sharp(data, { raw: { width, height, channels: 4 } }).flatten({ background: '#fff' });
}

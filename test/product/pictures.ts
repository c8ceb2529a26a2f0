import sharp from 'sharp';

/**
 * A JPEG like one from a camera: gradients with grain, the same for the same seed. 3000 x 2000 pixels are about
 * 4 MB.
 */
export function drawPhoto(width: number, height: number, seed = 1): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  let state = seed * 2_654_435_761;
  for (let index = 0; index < pixels.length; index++) {
    // Numerical Recipes' linear congruential generator: its high bits are grain enough.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const x = Math.floor(index / 3) % width;
    const light = 60 + (120 * x) / width + (40 * index) / pixels.length;
    pixels[index] = light + ((state >>> 24) % 128) - 64;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

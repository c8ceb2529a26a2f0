import sharp from 'sharp';
import { expect, it } from 'vitest';
import { drawSamples } from '../../../local/samples/draw-samples.ts';

const samples = await drawSamples();

it('are a landscape, a portrait and a logo on a transparent ground', async () => {
  const shapes = await Promise.all(
    samples.map(async ({ fileName, bytes }) => {
      const { width, height, format, hasAlpha } = await sharp(bytes).metadata();
      return { fileName, format, shape: Math.sign(width - height), hasAlpha };
    }),
  );

  expect(shapes).toEqual([
    { fileName: 'harbour.jpg', format: 'jpeg', shape: 1, hasAlpha: false },
    { fileName: 'poster.jpg', format: 'jpeg', shape: -1, hasAlpha: false },
    { fileName: 'logo.png', format: 'png', shape: 0, hasAlpha: true },
  ]);
});

it('have something on them: many colours, and a logo that is partly clear and partly solid', async () => {
  for (const { bytes } of samples) {
    const { entropy } = await sharp(bytes).stats();
    expect(entropy).toBeGreaterThan(1);
  }
  const { channels } = await sharp(samples[2]?.bytes).stats();
  expect([channels[3]?.min, channels[3]?.max]).toEqual([0, 255]);
});

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { drawCutout, drawScene } from '../../images/scene.ts';
import { animation, onCanvas, privateSource, sceneIn } from '../../images/sources.ts';

const scene = onCanvas(drawScene(30, 20));
const cutout = onCanvas(drawCutout(30, 20));

/** Small pictures of every kind that is read. */
export const SOURCES: readonly Buffer[] = [
  await sceneIn('jpeg', 30, 20),
  await scene.clone().jpeg({ progressive: true, quality: 30 }).toBuffer(),
  await cutout.clone().removeAlpha().toColourspace('cmyk').jpeg().toBuffer(),
  await sceneIn('avif', 20, 30),
  await cutout.clone().avif({ quality: 50, effort: 0 }).toBuffer(),
  await privateSource(drawCutout(24, 16), 'png', 7),
  await cutout.clone().png({ palette: true }).toBuffer(),
  await cutout.clone().png({ progressive: true }).toBuffer(),
  await cutout.clone().toColourspace('rgb16').png().toBuffer(),
  await cutout.clone().greyscale().toColourspace('b-w').png().toBuffer(),
  await sceneIn('png', 1, 1),
  await cutout.clone().webp().toBuffer(),
  await cutout.clone().webp({ lossless: true }).toBuffer(),
  await scene.clone().tiff({ compression: 'lzw' }).toBuffer(),
  await scene.clone().tiff({ compression: 'jpeg', tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer(),
  await animation(20, 12, 'gif'),
  await animation(20, 12, 'webp'),
  await sharp(await animation(20, 12, 'gif'))
    .gif()
    .toBuffer(),
];

/** Drawn in another process, which costs each of them a little time. */
export const SVG_SOURCE = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><defs><linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-color="#00f8"/></linearGradient></defs><circle cx="12" cy="9" r="8" fill="url(#g)"/></svg>',
);

/** For the texts among the layers. */
export const FONT = readFileSync(join(dirname(process.env.FONTCONFIG_FILE ?? ''), 'Lobster_400Regular.ttf'));

import sharp from 'sharp';
import { drawHarbour } from './harbour.ts';
import { drawLogo } from './logo.ts';
import { drawPoster } from './poster.ts';

export interface Sample {
  readonly fileName: string;
  readonly bytes: Buffer;
}

/** The pictures that a first start puts into the library, computed here pixel by pixel. */
export async function drawSamples(): Promise<Sample[]> {
  return [
    {
      fileName: 'harbour.jpg',
      bytes: await sharp(...drawHarbour())
        .jpeg({ quality: 90 })
        .toBuffer(),
    },
    {
      fileName: 'poster.jpg',
      bytes: await sharp(...drawPoster())
        .jpeg({ quality: 90 })
        .toBuffer(),
    },
    {
      fileName: 'logo.png',
      bytes: await sharp(...drawLogo())
        .png()
        .toBuffer(),
    },
  ];
}

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readContent } from '../../../lambda/core/library/file-content.ts';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';
import { checkHeader, checkImage } from '../../../lambda/core/render/check-image.ts';
import { render } from '../../../lambda/core/render/render.ts';
import { examineImage } from '../../../lambda/core/render/source/examine.ts';
import { detectType } from '../../../lambda/formats/types/detect-type.ts';
import { drawScene } from '../../images/scene.ts';
import { animation, onCanvas, sceneIn } from '../../images/sources.ts';

const scene = onCanvas(drawScene(240, 160));
const whole = await sceneIn('png', 60, 40);

const SOURCES: Readonly<Record<string, Buffer>> = {
  jpg: await sceneIn('jpeg'),
  jpeg: await scene.clone().jpeg({ progressive: true }).toBuffer(),
  png: await sceneIn('png'),
  webp: await sceneIn('webp'),
  avif: await sceneIn('avif'),
  gif: await animation(120, 80, 'gif'),
  tif: await scene.clone().tiff({ compression: 'lzw' }).toBuffer(),
  tiff: await scene.clone().tiff({ compression: 'none', bigtiff: true }).toBuffer(),
};
const ANIMATED_WEBP = await animation(120, 80, 'webp');

/** How much of a file is left. */
const CUTS: readonly [string, (bytes: Buffer) => Buffer][] = [
  ['half of it', (bytes) => bytes.subarray(0, bytes.length >> 1)],
  ['nine tenths', (bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.9))],
  ['all but twenty bytes', (bytes) => bytes.subarray(0, -20)],
];
const CASES = [...Object.entries(SOURCES), ['webp', ANIMATED_WEBP] as const].flatMap(([extension, bytes]) =>
  CUTS.map(([left, cut]) => [extension, left, cut(bytes)] as const),
);

const damaged = { code: 'source.unreadable', status: 400 };

describe('a file that is cut off', () => {
  it.each([...CASES, ['jpg', 'all but its end mark', (SOURCES.jpg as Buffer).subarray(0, -2)] as const])(
    'is refused at upload, by renders, as a layer and by metadata alike: %s, %s',
    async (extension, _, bytes) => {
      const name = `a.${extension}`;

      await expect(readContent({ detectType, checkImage }, bytes, name, undefined)).rejects.toMatchObject({
        code: 'upload.broken-image',
        message: expect.stringContaining('cut off'),
      });
      await expect(render(bytes, readPlan([['w-60']]), 'webp')).rejects.toMatchObject(damaged);
      await expect(render(bytes, readPlan([]), 'plain')).rejects.toMatchObject(damaged);
      const layered = readPlan([['l-image', `i-${name}`, 'w-20', 'l-end']]);
      await expect(render(whole, layered, 'plain', async () => bytes)).rejects.toMatchObject(damaged);
      await expect(examineImage(bytes)).rejects.toMatchObject(damaged);
    },
  );

  it('is whole when only a mark behind all pixels is missing', async () => {
    for (const [extension, cut] of [
      ['png', 4],
      ['gif', 1],
    ] as const) {
      const bytes = (SOURCES[extension] as Buffer).subarray(0, -cut);

      expect(await checkImage(bytes)).toMatchObject({ verdict: 'usable' });
      expect((await render(bytes, readPlan([['w-60']]), 'webp')).width).toBe(60);
    }
  });

  it('is found by its header already where it would be delivered in part', async () => {
    expect(await checkHeader((SOURCES.gif as Buffer).subarray(0, -50))).toMatchObject({ verdict: 'broken' });
  });
});

it('whole files are usable, in every format', async () => {
  for (const bytes of Object.values(SOURCES)) expect(await checkImage(bytes)).toMatchObject({ verdict: 'usable' });
  expect(await checkImage(await sharp(whole).gif().toBuffer())).toMatchObject({ verdict: 'usable' });
});

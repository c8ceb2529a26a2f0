import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { readMediaUrl } from '../../lambda/core/delivery/media-url.ts';
import { problem } from '../../lambda/core/kernel/problems.ts';
import { readPlan } from '../../lambda/core/plan/read-plan.ts';
import { render } from '../../lambda/core/render/render.ts';
import type { Example, SourceName } from './operation-examples.ts';

/** The drawings beside this file, as the engine itself draws them. */
async function drawing(name: string): Promise<Uint8Array> {
  const svg = readFileSync(new URL(`drawings/${name}.svg`, import.meta.url));
  return (await render(svg, readPlan([['f-png']]), 'plain')).bytes;
}

const lake = await sharp(await drawing('lake'))
  .jpeg({ quality: 85, chromaSubsampling: '4:4:4' })
  .toBuffer();
const balloon = Buffer.from(await drawing('balloon'));

const SOURCES: Readonly<Record<Exclude<SourceName, 'none.jpg'>, Buffer>> = {
  'lake.jpg': lake,
  'balloon.png': balloon,
  'framed.png': await sharp(balloon)
    .resize(80)
    .extend({ left: 70, right: 20, top: 20, bottom: 20, background: '#DCE6F0' })
    .flatten({ background: '#DCE6F0' })
    .png()
    .toBuffer(),
  'flight.gif': await flight(),
};

/** Where the lake's owner wants crops to look: at the balloon. */
const FOCUS_AREA = { left: 162, top: 14, width: 40, height: 76 };

export interface ExamplePicture {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** Carries out an example as a client that accepts WebP would see it. @throws Problem as the product does */
export async function drawExample({ name, transformation, source }: Example): Promise<ExamplePicture> {
  const plan = readPlan(readMediaUrl(`/tr:${transformation}/${source}`, '').steps);
  const asked = source === 'none.jpg' ? await load(plan.output.defaultImage ?? '') : SOURCES[source];
  if (transformation === 'orig-true') return { fileName: `${name}.jpg`, bytes: asked };
  const { bytes, format } = await render(asked, plan, 'webp', load, FOCUS_AREA);
  return { fileName: `${name}.${format === 'jpeg' ? 'jpg' : format}`, bytes };
}

async function load(path: string): Promise<Uint8Array> {
  const name = path === '/folder/placeholder.png' ? 'balloon.png' : path.slice(1);
  const bytes = SOURCES[name as keyof typeof SOURCES];
  if (!bytes) throw problem('asset.not-found', `There is no ${path}.`);
  return bytes;
}

/** The balloon flies over the lake, from left to right. */
async function flight(): Promise<Buffer> {
  const small = await sharp(balloon).resize(60).toBuffer();
  const frames = await Promise.all(
    [10, 90, 170].map((left) =>
      sharp(lake)
        .composite([{ input: small, left, top: 10 }])
        .png()
        .toBuffer(),
    ),
  );
  return sharp(frames, { join: { animated: true } })
    .gif({ delay: [400, 400, 400] })
    .toBuffer();
}

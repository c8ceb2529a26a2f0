import ImageKit, { toFile } from '@imagekit/nodejs';
import sharp, { type Region } from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPlan } from '../../lambda/core/plan/read-plan.ts';
import { render } from '../../lambda/core/render/render.ts';
import { drawScene } from '../images/scene.ts';
import { onCanvas, privateSource } from '../images/sources.ts';
import type { ApiServer } from './api-server.ts';
import { startApiServer } from './api-server.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { MEDIA_HOST, startCloudFixture } from './cloud-fixture.ts';

let cloud: CloudFixture;
let api: ApiServer;
let fileId: string;

beforeAll(async () => {
  cloud = await startCloudFixture();
  api = await startApiServer();
  fileId = await upload('photo.jpg', await privateSource(drawScene(600, 400), 'jpeg', 6));
  await upload('photo-small.webp', await onCanvas(drawScene(300, 200)).webp({ quality: 60 }).toBuffer());
  await upload('turned.jpg', await onCanvas(drawScene(600, 400)).rotate(180).jpeg().toBuffer());
  await upload('note.txt', Buffer.from('no picture'));
});

afterAll(async () => {
  api?.close();
  await cloud?.close();
});

async function upload(fileName: string, bytes: Buffer, customCoordinates?: string): Promise<string> {
  const file = await toFile(bytes, fileName);
  const area = customCoordinates === undefined ? {} : { customCoordinates };
  const form = { file, fileName, folder: '/m', useUniqueFileName: false, ...area };
  const answer = await api.client().files.upload(form);
  return answer.fileId ?? '';
}

const url = (path: string) => `http://${MEDIA_HOST}/m${path}`;
const ofUrl = (path: string) => api.client().files.metadata.getFromURL({ url: url(path) });

test('the SDK reads the metadata of a file by its id', async () => {
  const metadata = await api.client().files.metadata.get(fileId);

  expect(metadata).toMatchObject({
    width: 600,
    height: 400,
    format: 'jpg',
    hasTransparency: false,
    quality: 95,
    pHash: expect.stringMatching(/^[0-9a-f]{16}$/),
    exif: {
      image: { Orientation: 6, Copyright: 'SECRET-OWNER' },
      gps: { GPSLatitudeRef: 'N', GPSLatitude: [51, 30, 32.3] },
    },
    dominantColor: expect.stringMatching(/^#[0-9a-f]{6}$/),
    blurhash: expect.stringMatching(/^.{20,40}$/),
    thumbhash: expect.stringMatching(/^[A-Za-z0-9+/=]{20,40}$/),
  });
});

test('a URL without a transformation tells of the file, one with it of the result', async () => {
  expect(await ofUrl('/photo.jpg')).toMatchObject({ width: 600, format: 'jpg', exif: expect.any(Object) });
  const result = await ofUrl('/photo.jpg?tr=w-120,f-png');
  expect(result).toMatchObject({ width: 120, height: 80, format: 'png' });
  expect(result.exif).toBeUndefined();
});

test('hashes of a picture in another size and format are near, of another picture far', async () => {
  const [photo, small, turned] = await Promise.all(['/photo.jpg', '/photo-small.webp', '/turned.jpg'].map(ofUrl));
  const distance = (one?: { pHash?: string }, other?: { pHash?: string }) => bits(one?.pHash, other?.pHash);

  expect(distance(photo, small)).toBeLessThanOrEqual(4);
  expect(distance(photo, turned)).toBeGreaterThan(12);
});

function bits(one = '0', other = '0'): number {
  return (BigInt(`0x${one}`) ^ BigInt(`0x${other}`)).toString(2).replaceAll('0', '').length;
}

test('what cannot be told is refused with its reason', async () => {
  await expect(ofUrl('/none.jpg')).rejects.toBeInstanceOf(ImageKit.NotFoundError);
  await expect(ofUrl('/note.txt')).rejects.toBeInstanceOf(ImageKit.BadRequestError);
  await expect(ofUrl('/photo.jpg?tr=w-0')).rejects.toBeInstanceOf(ImageKit.BadRequestError);
  const metadata = api.client().files.metadata;
  await expect(metadata.getFromURL({ url: 'https://elsewhere.example/a.jpg' })).rejects.toThrow(MEDIA_HOST);
  await expect(metadata.get('f'.repeat(24))).rejects.toBeInstanceOf(ImageKit.NotFoundError);
  await expect(metadata.get('nonsense')).rejects.toBeInstanceOf(ImageKit.NotFoundError);
});

async function explain(path: string, query = ''): Promise<Record<string, unknown>> {
  const address = `${api.baseURL}/v1/explain?url=${encodeURIComponent(url(path))}${query}`;
  const response = await fetch(address, { headers: { authorization: `Basic ${btoa('private_test:')}` } });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

test('a URL is explained: plan, what is ignored, sizes at each step, format and why, key', async () => {
  expect(await explain('/photo.jpg?tr=h-100,zz-1,w-100:rt-90,b-5_red')).toEqual({
    url: url('/photo.jpg?tr=h-100,zz-1,w-100:rt-90,b-5_red'),
    engineVersion: expect.any(String),
    endpoint: 'default',
    assetPath: '/m/photo.jpg',
    source: { width: 600, height: 400, format: 'jpg', frames: 1 },
    transformation: 'w-100,h-100:rt-90,b-5_FF0000',
    steps: [
      {
        step: 'w-100,h-100',
        input: { width: 600, height: 400 },
        layout: { scale: { width: 150, height: 100 }, crop: { left: 25, top: 0, width: 100, height: 100 } },
        output: { width: 100, height: 100 },
        notes: [],
      },
      {
        step: 'rt-90,b-5_FF0000',
        input: { width: 100, height: 100 },
        layout: {},
        output: { width: 110, height: 110 },
        notes: [],
      },
    ],
    ignored: [{ item: 'zz-1', why: expect.any(String) }],
    format: { chosen: 'avif', why: 'the client accepts AVIF' },
    variantKey: expect.stringMatching(/^\d+\/[0-9a-f]{32}\/open\/default\/[0-9a-f]{32}\.avif$/),
  });
});

test('branches, client hints and the accepted formats are explained as supposed', async () => {
  expect(await explain('/photo.jpg?tr=if-ar_gt_1,w-90,if-else,w-50,if-end', '&accept=image/webp')).toMatchObject({
    steps: [{ step: 'w-90', notes: ['taken because ar_gt_1-1 is true'] }],
    format: { chosen: 'webp', why: 'the client accepts WebP' },
  });
  expect(await explain('/photo.jpg?tr=w-auto', '&width=212&accept=*/*')).toMatchObject({
    transformation: 'w-300',
    format: { chosen: 'jpeg' },
    variantKey: expect.stringMatching(/-w\.plain$/),
  });
});

test('the crop of a focus is the one that is made: of what looks important, of the area that the owner chose', async () => {
  const left = await sharp({ create: { width: 400, height: 100, channels: 3, background: '#777' } })
    .composite([{ input: await onCanvas(drawScene(100, 100)).png().toBuffer(), left: 20, top: 0 }])
    .png()
    .toBuffer();
  await upload('left.png', left, '300,0,60,60');
  const shown = async (query: string) => {
    const { bytes } = await render(left, readPlan([query.split(','), ['f-png']]), 'plain', undefined, {
      ...{ left: 300, top: 0, width: 60, height: 60 },
    });
    return sharp(bytes).raw().toBuffer();
  };

  for (const [query, starts] of [
    ['w-100,h-100,fo-auto', [0, 40]],
    ['w-100,h-100,fo-custom', [280, 280]],
    ['w-100,h-100,fo-face', [0, 40]],
  ] as const) {
    const explained = await explain(`/left.png?tr=${query}`);
    const [step] = explained.steps as { layout: { crop: Region }; notes: string[] }[];
    const { crop } = step?.layout ?? {};
    if (!step || !crop) throw new Error(`no crop of ${query}`);

    expect(crop.left).toBeGreaterThanOrEqual(starts[0]);
    expect(crop.left).toBeLessThanOrEqual(starts[1]);
    expect(step.notes[0]).toMatch(/^the crop keeps \d+ x \d+ at /);
    expect(await sharp(left).extract(crop).raw().toBuffer()).toEqual(await shown(query));
  }
});

test('a URL that is refused is explained by the text of its refusal', async () => {
  expect(await explain('/photo.jpg?tr=w-0')).toMatchObject({
    refused: { status: 400, error: expect.stringMatching(/^EINVAL - "w-0" is not valid/) },
  });
  expect(await explain('/none.jpg?tr=w-5')).toMatchObject({ transformation: 'w-5', refused: { status: 404 } });
  expect(await explain('/photo.jpg?tr=w-9000,h-9000')).toMatchObject({
    refused: { status: 400, error: expect.stringContaining('ELIMIT - ') },
  });
});

test('the picture has the size that the explanation says', async () => {
  const { steps } = await explain('/photo.jpg?tr=w-101,ar-4-3:rt-30');
  const { output } = (steps as { output: object }[]).at(-1) ?? {};

  expect(await ofUrl('/photo.jpg?tr=w-101,ar-4-3:rt-30,f-png')).toMatchObject(output ?? { width: 0 });
});

import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { TypePolicy } from '../../../lambda/contract/type-policies.ts';
import { readContent } from '../../../lambda/core/library/file-content.ts';
import { readPlan } from '../../../lambda/core/plan/read-plan.ts';
import { checkImage } from '../../../lambda/core/render/check-image.ts';
import { render } from '../../../lambda/core/render/render.ts';
import { detectType } from '../../../lambda/formats/types/detect-type.ts';
import { claimingGif, claimingPng } from '../../images/crafted.ts';
import { sceneIn } from '../../images/sources.ts';

const fixturePath = (name: string) => new URL(`../../fixtures/${name}`, import.meta.url);

const read = (bytes: Uint8Array, name: string, claimedType?: string) =>
  readContent({ detectType, checkImage }, bytes, name, claimedType);
const text = (content: string) => Buffer.from(content);

test.each([
  ['too many pixels', claimingPng(10_001, 10_000), '100,000,000 pixels', 10_001],
  ['too wide', claimingPng(65_536, 1), '65,535 pixels a side', 65_536],
  ['too many frames', claimingGif(2, 2, 501), '500 frames', 2],
  ['too many pixels in all frames', claimingGif(1000, 1000, 201), '200,000,000 pixels in all frames', 1000],
])(
  'a valid image over a limit of ours is kept, and its sender told why it cannot be transformed: %s',
  async (...of) => {
    const [, bytes, limit, width] = of;

    const content = await read(bytes, 'a.png');

    expect(content).toMatchObject({ fileType: 'image', width, untransformable: expect.stringContaining(limit) });
  },
);

test('an image is kept without a word', async () => {
  expect(await read(await sceneIn('png', 60, 40), 'a.png')).toEqual({
    contentType: 'image/png',
    fileType: 'image',
    size: expect.any(Number),
    width: 60,
    height: 40,
  });
});

test('an animated AVIF is valid, without a decoder here', async () => {
  const content = await read(await readFile(fixturePath('anim.avif')), 'a.avif');

  expect(content).toMatchObject({ contentType: 'image/avif', fileType: 'image' });
  expect(content.untransformable).toContain('animated AVIF');
});

test('a BigTIFF is read like any TIFF', async () => {
  const bytes = await sharp(await sceneIn('png', 60, 40))
    .tiff({ bigtiff: true, compression: 'lzw' })
    .toBuffer();

  expect([bytes.readUInt16LE(2), bytes.toString('latin1', 0, 2)]).toEqual([43, 'II']);
  expect(await read(bytes, 'a.tif')).toEqual({
    ...{ contentType: 'image/tiff', fileType: 'image', size: bytes.length, width: 60, height: 40 },
  });
  expect((await render(bytes, readPlan([['w-30']]), 'plain')).width).toBe(30);
});

test('a few bytes that claim gigapixels, and have not even an end, are refused', async () => {
  await expect(read(claimingPng(60_000, 60_000).subarray(0, 40), 'bomb.png')).rejects.toMatchObject({
    code: 'upload.broken-image',
    status: 400,
  });
});

test('an SVG is an image whose size is what it says', async () => {
  const svg = text('<svg xmlns="http://www.w3.org/2000/svg" width="90000" height="90000"/>');

  expect(await read(svg, 'a.svg')).toMatchObject({ contentType: 'image/svg+xml', fileType: 'image', width: 90_000 });
});

test('a page that contains an SVG is a page', async () => {
  const page = text('<html><body><svg width="1" height="1"></svg></body></html>');

  expect(await read(page, 'a.html')).toMatchObject({ contentType: 'text/html', fileType: 'non-image' });
  await expect(read(page, 'a.svg')).rejects.toMatchObject({ code: 'upload.not-an-image' });
});

test.each([
  ['HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'a.heic', 'image/heic'],
  ['BMP', Buffer.from('BM\x46\0\0\0\0\0\0\0', 'latin1'), 'a.bmp', 'image/bmp'],
])('%s is kept as it is', async (_, bytes, name, contentType) => {
  expect(await read(bytes, name)).toEqual({ contentType, fileType: 'non-image', size: bytes.byteLength });
});

test.each(['a.heic', 'a.bmp', 'a.tiff', 'a.JPG', 'a.svg'])('text named %s is refused', async (name) => {
  await expect(read(text('just text'), name)).rejects.toMatchObject({ code: 'upload.not-an-image' });
});

test('bytes that begin like an image and are none are kept as bytes, unless somebody calls them an image', async () => {
  const bytes = Buffer.from('\xff\xd8\xff and nothing', 'latin1');

  expect(await read(bytes, 'a.dat')).toMatchObject({ contentType: 'application/octet-stream', fileType: 'non-image' });
  await expect(read(bytes, 'a.dat', 'image/jpeg')).rejects.toMatchObject({ code: 'upload.broken-image' });
  await expect(read(bytes, 'a.jpg')).rejects.toMatchObject({ code: 'upload.broken-image' });
});

const readUnder = (typePolicy: TypePolicy, bytes: Uint8Array, name: string, claimedType?: string) =>
  readContent({ detectType, checkImage, typePolicy }, bytes, name, claimedType);

const PDF = text('%PDF-1.7 text');

test.each([
  ['image/jpeg', 'image/jpeg'],
  ['IMAGE/JPG; charset=x', 'image/jpg'],
  ['application/pdf', 'application/pdf'],
  ['application/octet-stream', undefined],
  ['nonsense', undefined],
  ['text/html\r\nx: y', undefined],
  [undefined, undefined],
])('what the sender declared is kept beside what was found: %s', async (claimed, kept) => {
  const content = await read(PDF, 'a.pdf', claimed);

  expect(content.contentType).toBe('application/pdf');
  expect(content.declaredType).toBe(kept);
});

test('a deployment may refuse every file that is not what it was declared as', async () => {
  const png = await sceneIn('png', 60, 40);

  const refusal = readUnder('refuse', PDF, 'a.pdf', 'image/png');

  await expect(refusal).rejects.toMatchObject({
    code: 'upload.type-differs',
    message: expect.stringMatching(/image\/png.*application\/pdf/),
  });
  expect(await readUnder('refuse', png, 'a.png', 'image/x-png')).toMatchObject({ contentType: 'image/png' });
  expect(await readUnder('refuse', png, 'a.png')).toMatchObject({ contentType: 'image/png' });
  expect(await readUnder('refuse', png, 'a.png', 'application/octet-stream')).toMatchObject({ fileType: 'image' });
  expect(await readUnder('refuse', text('a,b'), 'a.csv', 'text/plain')).toMatchObject({ contentType: 'text/csv' });
});

test('a deployment may accept every file as what it is', async () => {
  const cut = (await sceneIn('jpeg', 60, 40)).subarray(0, 400);

  expect(await readUnder('accept', text('no picture'), 'a.jpg', 'image/jpeg')).toMatchObject({
    ...{ contentType: 'application/octet-stream', declaredType: 'image/jpeg', fileType: 'non-image' },
  });
  expect(await readUnder('accept', cut, 'a.jpg', 'image/jpeg')).toMatchObject({ fileType: 'non-image' });
});

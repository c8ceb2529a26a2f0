import { expect, test } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import type { ImageMeasures } from '../../../lambda/core/library/file-content.ts';
import { readContent } from '../../../lambda/core/library/file-content.ts';
import { inspectImage } from '../../../lambda/core/render/source/inspect.ts';
import { detectType } from '../../../lambda/formats/types/detect-type.ts';

/** The header of a PNG without anything behind it: enough to claim a size (PNG specification, section 11.2.1). */
function pngHeader(width: number, height: number): Uint8Array {
  const header = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  return Buffer.concat([header, size, Buffer.from([8, 2, 0, 0, 0])]);
}

const read = (bytes: Uint8Array, name: string, claimedType?: string, facts?: ImageMeasures) =>
  readContent({ detectType, inspectImage: facts ? async () => facts : inspectImage }, bytes, name, claimedType);
const text = (content: string) => Buffer.from(content);

test.each([
  [{ width: 10_001, height: 10_000, frames: 1 }, LIMITS.sourcePixels],
  [{ width: 2, height: 2, frames: 501 }, LIMITS.frames],
  [{ width: 1000, height: 1000, frames: 201 }, LIMITS.sourceFramesPixels],
])('an image of %j is over a limit, which is named', async (facts, limit) => {
  await expect(read(pngHeader(1, 1), 'a.png', undefined, facts)).rejects.toMatchObject({
    code: 'source.limit',
    status: 400,
    message: expect.stringContaining(String(limit)),
  });
});

test.each([
  { width: 10_000, height: 10_000, frames: 1 },
  { width: 2, height: 2, frames: 500 },
  { width: 1000, height: 1000, frames: 200 },
])('an image of %j is not', async (facts) => {
  expect(await read(pngHeader(1, 1), 'a.png', undefined, facts)).toMatchObject({
    fileType: 'image',
    width: facts.width,
  });
});

test('a few bytes that claim gigapixels are refused', async () => {
  await expect(read(pngHeader(60_000, 60_000), 'bomb.png')).rejects.toMatchObject({ status: 400 });
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
  await expect(read(bytes, 'a.dat', 'image/jpeg')).rejects.toMatchObject({ code: 'upload.not-an-image' });
  await expect(read(bytes, 'a.jpg')).rejects.toMatchObject({ code: 'upload.not-an-image' });
});

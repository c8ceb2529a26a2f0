import sharp from 'sharp';
import { expect, test } from 'vitest';
import { detectType } from '../../../lambda/formats/types/detect-type.ts';
import { processorMilliseconds } from '../../processor-time.ts';

const text = (content: string) => new TextEncoder().encode(content);
const latin1 = (content: string) => Buffer.from(content, 'latin1');
const ftyp = (major: string, ...compatible: string[]) =>
  latin1(`\0\0\0${String.fromCharCode(16 + 4 * compatible.length)}ftyp${major}\0\0\0\0${compatible.join('')}rest`);

test.each(['jpeg', 'png', 'gif', 'webp', 'avif', 'tiff'] as const)(
  '%s is known by its bytes, not its name',
  async (format) => {
    const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .toFormat(format)
      .toBuffer();

    const name = format === 'tiff' ? '' : 'txt';

    expect(detectType(bytes, name)).toEqual({ contentType: `image/${format}`, by: 'signature' });
  },
);

test.each([
  ['%PDF-1.7', 'jpg', 'application/pdf'],
  ['PK\x03\x04', 'zip', 'application/zip'],
  ['PK\x03\x04', 'docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['\x1a\x45\xdf\xa3', 'mkv', 'video/x-matroska'],
  ['RIFF\0\0\0\0WAVEfmt', 'wav', 'audio/wav'],
  ['8BPS\0\x01', 'psd', 'image/vnd.adobe.photoshop'],
  ['BM\x46\0\0\0\0\0\0\0', 'bmp', 'image/bmp'],
])('%j named .%s is %s', (head, extension, contentType) => {
  expect(detectType(latin1(head), extension)).toEqual({ contentType, by: 'signature' });
});

test.each([
  [ftyp('isom', 'isom', 'mp41'), 'video/mp4'],
  [ftyp('qt  '), 'video/quicktime'],
  [ftyp('heic', 'mif1', 'heic'), 'image/heic'],
  [ftyp('avif', 'mif1'), 'image/avif'],
  [ftyp('mif1', 'avif', 'miaf'), 'image/avif'],
  [ftyp('mif1', 'heic'), 'image/heif'],
])('the brands of an ISO container tell what it is', (bytes, contentType) => {
  expect(detectType(bytes, '').contentType).toBe(contentType);
});

test.each([
  '<svg xmlns="http://www.w3.org/2000/svg"/>',
  '\uFEFF  <?xml version="1.0"?>\n<!-- a --><!-- b -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">\n<svg>',
  '<!DOCTYPE svg [ <!ENTITY ns "http://www.w3.org/2000/svg"> ]><svg:svg xmlns:svg="x">',
])('an SVG is known by its root element', (content) => {
  expect(detectType(text(content), 'txt').contentType).toBe('image/svg+xml');
});

test.each(['<html><svg></svg></html>', '<svgx/>', '<!-- <svg> -->', 'svg', '<?xml version="1.0"?><feed/>'])(
  '%s is no SVG',
  (content) => {
    expect(detectType(text(content), 'svg').contentType).toBe('application/octet-stream');
  },
);

test('a prolog made to be ambiguous costs no time', async () => {
  const prolog = text(`${'<!---->'.repeat(580)}x`);

  expect(await processorMilliseconds(() => detectType(prolog, 'svg'))).toBeLessThan(500);
});

test('text is known by its extension, anything else is octet-stream', () => {
  expect(detectType(text('a,b'), 'csv')).toEqual({ contentType: 'text/csv', by: 'extension' });
  expect(detectType(text('hello'), 'xyz')).toEqual({ contentType: 'application/octet-stream', by: 'none' });
  expect(detectType(new Uint8Array(), 'constructor')).toEqual({ contentType: 'application/octet-stream', by: 'none' });
});

test("a camera's raw file is no TIFF picture", () => {
  expect(detectType(latin1('II*\0rest'), 'nef')).toEqual({ contentType: 'application/octet-stream', by: 'none' });
});

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { examineImage } from '../../../lambda/core/render/source/examine.ts';
import { describeImage } from '../../../lambda/formats/metadata/describe-image.ts';
import { dominantColour } from '../../../lambda/formats/metadata/dominant-colour.ts';
import { exifGroups } from '../../../lambda/formats/metadata/exif.ts';
import { readIptc } from '../../../lambda/formats/metadata/iptc.ts';
import { jpegQuality } from '../../../lambda/formats/metadata/jpeg-quality.ts';
import { drawCutout, drawScene } from '../../images/scene.ts';
import { animation, onCanvas, sceneIn } from '../../images/sources.ts';

const describeBytes = async (bytes: Buffer) => describeImage(bytes, await examineImage(bytes));

describe('the quality of a JPEG', () => {
  it.each([10, 25, 50, 75, 80, 92, 100])('%d is found again', async (quality) => {
    expect(jpegQuality(await onCanvas(drawScene(64, 48)).jpeg({ quality, mozjpeg: false }).toBuffer())).toBe(quality);
  });

  it('is unknown for other files and damaged ones', async () => {
    expect(jpegQuality(await sceneIn('png'))).toBe(0);
    expect(jpegQuality(Buffer.from([0xff, 0xd8, 0xff, 0xdb, 0, 3, 0]))).toBe(0);
    expect(jpegQuality(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff]))).toBe(0);
  });
});

describe('IPTC', () => {
  const dataset = (record: number, number: number, text: string) => {
    const bytes = Buffer.from(text);
    return Buffer.concat([Buffer.from([0x1c, record, number, bytes.length >> 8, bytes.length & 255]), bytes]);
  };

  it('is read wherever its block begins, keywords one by one', () => {
    const block = Buffer.concat([
      Buffer.from('Photoshop 3.0\x008BIM\x04\x04'),
      dataset(1, 90, '\x1b%G'),
      dataset(2, 120, 'Ein schöner Tag'),
      dataset(2, 25, 'sun'),
      dataset(2, 25, 'sea'),
      dataset(2, 200, 'unknown'),
      dataset(2, 116, '© Somebody'),
    ]);

    expect(readIptc(block)).toEqual({
      caption: 'Ein schöner Tag',
      keywords: ['sun', 'sea'],
      copyrightNotice: '© Somebody',
    });
  });

  it('ends at damage', () => {
    expect(readIptc(Buffer.from([0x1c, 2, 120, 0xff, 0xff, 65]))).toEqual({});
    expect(readIptc(Buffer.from([0x1c, 2, 120, 0, 9, 65]))).toEqual({});
    expect(readIptc(Buffer.alloc(100_000, 0x1c))).toEqual({});
  });
});

describe('EXIF', () => {
  it('has ImageKit’s groups and names', async () => {
    const bytes = await onCanvas(drawScene(64, 48))
      .withExif({ IFD0: { Make: 'Maker', DateTime: '2026:11:25 10:20:30' }, IFD2: { ISOSpeedRatings: '200' } })
      .jpeg()
      .toBuffer();

    expect(exifGroups((await sharp(bytes).metadata()).exif)).toMatchObject({
      image: { Make: 'Maker', ModifyDate: '2026:11:25 10:20:30' },
      exif: { ISO: 200 },
      makernote: {},
    });
  });

  it('is missing when there is none or it is damaged', () => {
    expect(exifGroups(undefined)).toBeUndefined();
    expect(exifGroups(Buffer.from('Exif\0\0II*\0\xff\xff\xff\xff', 'latin1'))).toBeUndefined();
    expect(exifGroups(Buffer.alloc(3))).toBeUndefined();
  });
});

describe('an image', () => {
  it('has the colour that most of it has', () => {
    const pixels = Buffer.from([...Array(5).fill([200, 30, 40, 255]), ...Array(9).fill([0, 0, 255, 0])].flat());

    expect(dominantColour(pixels)).toBe('#c81e28');
    expect(dominantColour(Buffer.alloc(8))).toBe('#ffffff');
  });

  it.each([
    ['a cutout', onCanvas(drawCutout(60, 40)).png().toBuffer(), { hasTransparency: true, format: 'png', frames: 1 }],
    ['an animation', animation(40, 30, 'gif'), { width: 40, height: 30, format: 'gif', frames: 4 }],
    ['a grey picture', onCanvas(drawScene(60, 40)).greyscale().jpeg().toBuffer(), { format: 'jpg', width: 60 }],
    ['an SVG', Promise.resolve(Buffer.from('<svg width="30" height="20"/>')), { width: 30, height: 20, format: 'svg' }],
  ])('that is %s is described', async (_, bytes, expected) => {
    expect(await describeBytes(await bytes)).toMatchObject(expected);
  });
});

import sharp from 'sharp';
import { expect, test } from 'vitest';
import { examineImage } from '../../../lambda/core/render/source/examine.ts';
import { embeddedMetadata } from '../../../lambda/formats/metadata/embedded-metadata.ts';
import { xmpPacket, xmpTexts } from './xmp-packet.ts';

test('nothing is embedded in a plain picture', async () => {
  const bytes = await sharp({ create: { width: 4, height: 3, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();

  expect(embeddedMetadata(await examineImage(bytes))).toEqual({});
});

test('what people wrote comes before the camera’s values, and what is too much is left out', () => {
  const long = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`l${index}`, 'x'.repeat(3000)]));
  const xmp = Buffer.from(xmpPacket(xmpTexts('dc:title', { 'x-default': 'Harbour', ...long })));
  const embedded = embeddedMetadata({ xmp });

  expect(Object.keys(embedded)[0]).toBe('Title');
  expect(Buffer.byteLength(JSON.stringify(embedded))).toBeLessThan(17_000);
  expect(embedded['Title-l0']).toHaveLength(2000);
  expect(embedded).not.toHaveProperty('Title-l39');
});

test('keywords of IPTC and XMP are one list', () => {
  const iptc = Buffer.concat([Buffer.from([0x1c, 2, 25, 0, 3]), Buffer.from('sea')]);
  const xmp = Buffer.from(
    xmpPacket('<dc:subject><rdf:Bag><rdf:li>boats</rdf:li><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>'),
  );

  expect(embeddedMetadata({ iptc, xmp })).toMatchObject({ Keywords: ['sea', 'boats'] });
});

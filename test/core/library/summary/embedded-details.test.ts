import { expect, test } from 'vitest';
import type { CustomField } from '../../../../lambda/core/library/custom-fields/custom-field.ts';
import type { FileHead } from '../../../../lambda/core/library/store/records.ts';
import { embeddedDetails, mappedFields } from '../../../../lambda/core/library/summary/embedded-details.ts';

const head = (given: Partial<FileHead> = {}) => ({ ...given }) as FileHead;

const field = (name: string, schema: CustomField['schema'] = { type: 'Text' }): CustomField => ({
  ...{ id: name, name, label: name, schema, createdAt: '2026-11-29T00:00:00.000Z' },
});

test('the first place that has a text is taken: XMP, then IPTC, then EXIF', () => {
  const mapping = { description: 'caption' };

  expect(embeddedDetails(mapping, [], head(), { ImageDescription: 'exif', 'Caption-Abstract': 'iptc' })).toEqual({
    description: 'iptc',
  });
  expect(embeddedDetails(mapping, [], head(), { ImageDescription: ' exif ', Description: ' ' })).toEqual({
    description: 'exif',
  });
  expect(embeddedDetails(mapping, [], head(), { Title: 'other' })).toBeUndefined();
  expect(embeddedDetails(mapping, [], head({ description: 'given' }), { Description: 'xmp' })).toBeUndefined();
});

test('a text in a language is that language’s, and no other', () => {
  const embedded = { AltTextAccessibility: 'Boats', 'AltTextAccessibility-de': 'Boote' };
  const mapping = {
    'customMetadata.de': 'altText-de',
    'customMetadata.fr': 'altText-fr',
    'customMetadata.any': 'altText',
  };
  const fields = ['de', 'fr', 'any'].map((name) => field(name));

  expect(embeddedDetails(mapping, fields, head(), embedded)).toEqual({
    customMetadata: { de: 'Boote', any: 'Boats' },
  });
  expect(mappedFields(mapping)).toEqual(['de', 'fr', 'any']);
});

test('values that a field refuses, and fields that are deleted or of another type, stay empty', () => {
  const fields = [
    field('short', { type: 'Text', maxLength: 3 }),
    { ...field('deleted'), deletedAt: '2026-11-29T00:00:00.000Z' },
    field('number', { type: 'Number' }),
    field('given'),
    field('fits', { type: 'SingleSelect', selectOptions: ['Ada 2026'] }),
  ];
  const mapping = Object.fromEntries(
    ['short', 'deleted', 'number', 'given', 'fits', 'missing'].map((name) => [`customMetadata.${name}`, 'copyright']),
  );

  expect(embeddedDetails(mapping, fields, head({ customMetadata: { given: 'mine' } }), { Rights: 'Ada 2026' })).toEqual(
    {
      customMetadata: { fits: 'Ada 2026' },
    },
  );
});

test('as many keywords become tags as a file may have, none with %', () => {
  const keywords = ['50%', ...Array.from({ length: 60 }, (_, index) => `keyword-${String(index).padStart(2, '0')}`)];
  const { tags = [] } = embeddedDetails({ tags: 'keywords' }, [], head(), { Keywords: keywords }) ?? {};

  expect(tags).toHaveLength(50);
  expect(tags?.join('')).toHaveLength(500);
  expect(embeddedDetails({ tags: 'keywords' }, [], head(), {})).toBeUndefined();
});

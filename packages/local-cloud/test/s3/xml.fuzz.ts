import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { S3Error } from '../../src/s3/errors.ts';
import { readXml, xmlDocument } from '../../src/s3/xml.ts';

describe('XML', () => {
  it('reads back any text that was written', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 }), (texts) => {
        const document = readXml(xmlDocument('Root', { List: { Item: texts }, Empty: undefined }), 'Root');

        expect(
          document
            .first('List')
            ?.all('Item')
            .map((item) => item.content),
        ).toEqual(texts);
        expect(document.first('Empty')).toBeUndefined();
      }),
    );
  });

  it('that is not well-formed is refused, whatever it is', () => {
    const pieces = fc.constantFrom(
      '<a>',
      '</a>',
      '<b/>',
      '<',
      '>',
      '&',
      '&lt;',
      '&#0;',
      '&#x110000;',
      '<!--',
      '-->',
      'x',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        try {
          readXml(parts.join(''), 'a');
        } catch (error) {
          expect(error).toBeInstanceOf(S3Error);
        }
      }),
    );
  });

  it.each(['', '<a>', '<a></b>', '<a/><a/>', '<b/>', '<!DOCTYPE a []><a/>', '<a>&x;</a>', '<a>&lt</a>', '</a>'])(
    'refuses %j',
    (text) => {
      expect(() => readXml(text, 'a')).toThrow('not well-formed');
    },
  );

  it('refuses a depth that no document of S3 has', () => {
    expect(() => readXml(`${'<a>'.repeat(100)}${'</a>'.repeat(100)}`, 'a')).toThrow('not well-formed');
  });

  it('passes over attributes, namespaces and comments', () => {
    const text = '<?xml version="1.0"?><!-- x --><s:a xmlns:s="urn:s"><s:b c="d">&#x41;&#66;</s:b></s:a>';

    expect(readXml(text, 'a').text('b')).toBe('AB');
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attachmentDisposition, downloadName } from '../../../lambda/core/delivery/content-disposition.ts';

test('a name is given in ASCII for old clients and exactly for others', () => {
  expect(attachmentDisposition('Été 東京.jpg')).toBe(
    `attachment; filename="E_te_ __.jpg"; filename*=UTF-8''%C3%89t%C3%A9%20%E6%9D%B1%E4%BA%AC.jpg`,
  );
});

test('no name can end the header, the quotes or the parameter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(attachmentDisposition(name)).toMatch(
        /^attachment; filename="[\x20-\x21\x23-\x24\x26-\x3a\x3c-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[\w%.!~-]*$/,
      );
    }),
  );
});

test.each([
  ['/a/photo.png', undefined, 'webp', 'photo.webp'],
  ['/a/photo.png', 'holiday', 'jpg', 'holiday.jpg'],
  ['/a/report.pdf', undefined, undefined, 'report.pdf'],
  ['/a/report.pdf', 'q3/final', undefined, 'q3_final.pdf'],
  ['/a/README', undefined, undefined, 'README'],
])('%s asked as %s in %s is saved as %s', (path, asked, extension, name) => {
  expect(downloadName(path, asked, extension)).toBe(name);
});

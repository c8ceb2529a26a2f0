import { expect, test } from 'vitest';
import { meetsCheck } from '../../../../lambda/core/library/checks/meets-check.ts';
import { readCheck } from '../../../../lambda/core/library/checks/read-check.ts';
import type { FieldType } from '../../../../lambda/core/library/custom-fields/custom-field.ts';

const upload = {
  values: {
    'request.fileName': 'red coat.jpg',
    'request.folder': '/shop/summer',
    'request.isPrivateFile': true,
    'request.tags': ['red', 'coat'],
    'file.size': 2048,
    'file.mime': 'image/jpeg',
    'mediaMetadata.width': 800,
    'request.customMetadata.price': 10,
    'request.customMetadata.until': '2026-12-31',
    'request.customMetadata.colours': ['red', 'blue'],
    'request.customMetadata.grade': 'b',
  },
  types: new Map<string, FieldType>([
    ['price', 'Number'],
    ['until', 'Date'],
    ['colours', 'MultiSelect'],
    ['grade', 'SingleSelect'],
    ['note', 'Text'],
  ]),
};

const meets = (text: string) => meetsCheck(readCheck(text), upload);

test.each([
  '"request.fileName" = "red coat.jpg"',
  '"request.fileName" : "red"',
  '"request.folder" : "/shop"',
  '"request.folder" = "shop/summer/"',
  '"request.isPrivateFile" = true',
  '"request.tags" IN ["coat", "hat"]',
  '"request.tags" HAS "coat"',
  '"request.tags" NOT IN ["hat"]',
  '"file.size" <= "2kb"',
  '"file.size" = 2048',
  '"file.mime" : "image/" AND "mediaMetadata.width" >= 800',
  '"file.mime" IN ["image/png", "image/jpeg"]',
  '"mediaMetadata.height" NOT = 7',
  '"request.customMetadata.price" > 9.5',
  '"request.customMetadata.until" < "2027-01-01T00:00:00Z"',
  '"request.customMetadata.colours" IN ["blue"]',
  '"request.customMetadata.grade" > "a"',
  '"request.customMetadata.note" NOT = "x"',
  '"file.size" > "1mb" OR "file.size" > 1',
])('%s holds', (text) => {
  expect(meets(text)).toBe(true);
});

test.each([
  '"request.folder" : "/sho"',
  '"request.folder" : "/shop/summer/deep"',
  '"request.isPrivateFile" NOT = true',
  '"request.tags" NOT HAS ["red"]',
  '"file.size" > "2kb"',
  '"file.size" < "a lot"',
  '"mediaMetadata.height" > 0',
  '"mediaMetadata.videoCodec" = "h264"',
  '"request.customMetadata.price" < 10',
  '"request.customMetadata.note" = ""',
  '("file.size" > 1 OR "file.size" > 2) AND "file.mime" = "image/png"',
])('%s does not hold', (text) => {
  expect(meets(text)).toBe(false);
});

test.each([
  ['"request.customMetadata.colour" = "red"', '"colour" is no custom metadata field'],
  ['"request.customMetadata.price" : 1', 'not with :'],
  ['"request.customMetadata.colours" = "red"', 'not with ='],
])('%s is refused: %s', (text, fault) => {
  expect(() => meets(text)).toThrow(fault);
});

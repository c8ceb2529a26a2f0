import { expect, test } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import type { Problem } from '../../../lambda/core/kernel/problems.ts';
import { readFileSource } from '../../../lambda/core/library/file-source.ts';

const asText = (file: string) => ({ fields: new Map([['file', [file]]]) });
const asPart = (text: string, contentType = 'text/plain') => ({
  fields: new Map<string, string[]>(),
  file: { bytes: new TextEncoder().encode(text), contentType },
});
const content = (form: Parameters<typeof readFileSource>[0], fileName = 'a.jpg') => {
  const source = readFileSource(form, fileName);
  if (source.kind === 'stored') return source.uploadId;
  return source.kind === 'url' ? source.url : Buffer.from(source.bytes).toString('utf8');
};

test.each([
  ['base64', 'aGVsbG8gd29ybGQ='],
  ['base64 without padding', 'aGVsbG8gd29ybGQ'],
  ['base64 with line breaks', 'aGVsbG8g\r\nd29ybGQ=\n'],
  ['a base64 data URI', 'data:image/png;base64,aGVsbG8gd29ybGQ='],
  ['a data URI with parameters', 'data:text/plain;charset=utf-8;base64,aGVsbG8gd29ybGQ='],
  ['a percent-encoded data URI', 'data:,hello%20world'],
])('text as %s becomes bytes', (_, text) => {
  expect(content(asText(text))).toBe('hello world');
});

test('the base64url alphabet is understood', () => {
  const source = readFileSource(asText('-_-_'), 'a.bin');

  expect(source).toMatchObject({ kind: 'bytes', bytes: Buffer.from([0xfb, 0xff, 0xbf]) });
});

test('a data URI claims its type', () => {
  expect(readFileSource(asText('data:image/svg+xml,%3Csvg/%3E'), 'a')).toMatchObject({ claimedType: 'image/svg+xml' });
});

test.each(['http://example.com/a.jpg', 'https://example.com/a.jpg?x=1', 'HTTPS://EXAMPLE.COM/a'])(
  '%s is a URL',
  (url) => {
    expect(readFileSource(asText(` ${url}\n`), 'a.jpg')).toEqual({ kind: 'url', url });
  },
);

test.each([
  'ftp://example.com/a.jpg',
  'file:///etc/passwd',
  'hello world!',
  'aGVsb',
  'data:image/png;base64,***',
  '====',
])('the text %s is refused', (text) => {
  expect(() => readFileSource(asText(text), 'a.jpg')).toThrow(/http or https URL, a data URI or base64|not valid/);
});

test('a data URI with a broken escape is refused', () => {
  expect(() => readFileSource(asText('data:,%FF'), 'a')).toThrow(/not valid UTF-8/);
});

test('a text/plain part is read as text, as the iOS SDK means it', () => {
  expect(content(asPart('https://example.com/a.jpg'))).toBe('https://example.com/a.jpg');
  expect(content(asPart('aGVsbG8gd29ybGQ='))).toBe('hello world');
  expect(content(asPart('just words, no base64'))).toBe('just words, no base64');
});

test('a text file that holds a URL stays a text file', () => {
  expect(content(asPart('https://example.com/a.jpg'), 'links.txt')).toBe('https://example.com/a.jpg');
  expect(readFileSource(asPart('https://example.com/a.jpg'), 'links.txt').kind).toBe('bytes');
  expect(readFileSource(asPart('https://example.com/a.jpg', 'image/png'), 'a.jpg').kind).toBe('bytes');
});

test('bytes above the limit are refused with the limit, however they are written', () => {
  const large = Buffer.alloc(LIMITS.directUploadBytes + 1);
  const refusals = [
    () => readFileSource({ fields: new Map(), file: { bytes: large, contentType: 'image/png' } }, 'a'),
    () => readFileSource(asText(large.toString('base64')), 'a'),
    () => readFileSource(asText(`data:,${'a'.repeat(LIMITS.directUploadBytes + 1)}`), 'a'),
  ];

  for (const refusal of refusals) {
    expect(refusal).toThrow(
      expect.objectContaining<Partial<Problem>>({ status: 413, message: expect.stringContaining('4500000') }),
    );
  }
});

test('a file that was stored while its form was read is named by its upload, and an empty one is refused', () => {
  const stored = (size: number) => ({ fields: new Map(), file: { uploadId: 'a'.repeat(24), size } });

  expect(readFileSource(stored(9_000_000), 'a.jpg')).toEqual({
    ...{ kind: 'stored', uploadId: 'a'.repeat(24), size: 9_000_000 },
  });
  expect(() => readFileSource(stored(0), 'a.jpg')).toThrow('empty');
});

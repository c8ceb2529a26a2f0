import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import { Problem } from '../../../../lambda/core/kernel/problems.ts';
import { readCheck } from '../../../../lambda/core/library/checks/read-check.ts';

const comparison = (field: string, operator: string, ...values: unknown[]) => ({
  ...{ kind: 'comparison', field, operator, values },
});

test.each([
  ['"file.size" < "1mb"', comparison('file.size', '<', '1mb')],
  ['file.size<=1024', comparison('file.size', '<=', 1024)],
  ['"request.isPrivateFile" = true', comparison('request.isPrivateFile', '=', true)],
  ['"file.mime" : image', comparison('file.mime', ':', 'image')],
  ['"request.tags" NOT HAS ["a", \'b c\']', comparison('request.tags', 'NOT HAS', 'a', 'b c')],
  ['"request.fileName" not = "a \\"b\\".jpg"', comparison('request.fileName', 'NOT =', 'a "b".jpg')],
  ['"request.customMetadata.sku" IN ["x", 7]', comparison('request.customMetadata.sku', 'IN', 'x', 7)],
])('%s is one comparison', (text, check) => {
  expect(readCheck(text)).toEqual(check);
});

test('AND binds tighter than OR, and brackets tighter than both', () => {
  const [a, b, c] = ['width', 'height', 'duration'].map((name) => comparison(`mediaMetadata.${name}`, '>', 1));
  const text = (...signs: string[]) =>
    signs
      .join(' ')
      .replace(/\b[abc]\b/g, (one) => `"mediaMetadata.${{ a: 'width', b: 'height', c: 'duration' }[one]}" > 1`);

  expect(readCheck(text('a OR b AND c'))).toEqual({ kind: 'any', of: [a, { kind: 'all', of: [b, c] }] });
  expect(readCheck(text('(a or b) and c'))).toEqual({ kind: 'all', of: [{ kind: 'any', of: [a, b] }, c] });
});

test.each([
  ['', 'its end'],
  ['"file.size"', 'needs ='],
  ['"file.size" <', 'needs a value'],
  ['"file.size" HAS 1', 'may compare file.size with'],
  ['"file.size" NOT < 1', 'needs ='],
  ['"file.sise" < 1', '"file.sise"'],
  ['"constructor" = 1', '"constructor"'],
  ['("file.size" < 1', 'needs a ")"'],
  ['"file.size" < 1)', '")"'],
  ['"request.tags" IN ["a"', 'needs a "]"'],
  ['"file.size" < 1 "file.size" < 2', 'where it could end'],
  ['"file.size" < "1', 'cannot be read'],
  ['('.repeat(30), '20 levels'],
  ['x'.repeat(LIMITS.checkCharacters + 1), `${LIMITS.checkCharacters} characters`],
])('%j is refused, and what is wrong is told', (text, fault) => {
  expect(() => readCheck(text)).toThrow(fault);
});

test('whatever the text, it is read or refused as a parameter', () => {
  const words = [
    '"file.size"',
    'AND',
    'OR',
    'NOT',
    'IN',
    '(',
    ')',
    '[',
    ']',
    ',',
    '=',
    '<',
    '1',
    '"a"',
    "'",
    '\\',
    ' ',
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string())), (parts) => {
      try {
        readCheck(parts.join(' '));
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
        expect(error).toMatchObject({ code: 'upload.invalid-parameter' });
      }
    }),
  );
});

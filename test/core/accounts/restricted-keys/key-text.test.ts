import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isKeyText, keyText, shownStart } from '../../../../lambda/core/accounts/restricted-keys/key-text.ts';

const bytes = () => fc.uint8Array({ minLength: 32, maxLength: 32 });

test('every key has one form, and different bytes make different keys', () => {
  fc.assert(
    fc.property(bytes(), bytes(), (a, b) => {
      expect(keyText(a)).toMatch(/^private_[0-9A-Za-z]{49}$/);
      expect(isKeyText(keyText(a))).toBe(true);
      expect(keyText(a) === keyText(b)).toBe(Buffer.compare(a, b) === 0);
    }),
  );
});

test('one wrong character is seen without asking the table', () => {
  fc.assert(
    fc.property(bytes(), fc.integer({ min: 8, max: 56 }), fc.constantFrom(...'0Aaz'), (random, at, other) => {
      const key = keyText(random);
      fc.pre(key[at] !== other);

      expect(isKeyText(key.slice(0, at) + other + key.slice(at + 1))).toBe(false);
    }),
  );
});

test.each(['', 'private_', 'private_test', `${keyText(new Uint8Array(32))} `, `x${keyText(new Uint8Array(32))}`])(
  '%j is no key',
  (text) => expect(isKeyText(text)).toBe(false),
);

test('what is shown of a key is too little to guess it', () => {
  expect(shownStart(keyText(Buffer.alloc(32, 255)))).toHaveLength(11);
});

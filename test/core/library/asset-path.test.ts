import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import {
  escapePath,
  extensionOf,
  joinPath,
  sanitiseFolder,
  sanitiseName,
  withSuffix,
} from '../../../lambda/core/library/asset-path.ts';

test.each([
  ['photo.jpg', 'photo.jpg'],
  ['my photo (1).jpg', 'my_photo__1_.jpg'],
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['Ünïcödé-Ωμέγα-東京.png', 'Ünïcödé-Ωμέγα-東京.png'],
  ['e\u0301.jpg', 'é.jpg'],
  ['हिन्दी.webp', 'हिन्दी.webp'],
  ['a%2Fb?c#d\u0000e.gif', 'a_2Fb_c_d_e.gif'],
  ['🐘.jpg', '_.jpg'],
  ['tr:w-300', 'tr_w-300'],
])('the name %j is kept as %j', (given, kept) => {
  expect(sanitiseName(given)).toBe(kept);
});

test.each(['', '.', '..', '....'])('the name %j is refused', (name) => {
  expect(() => sanitiseName(name)).toThrow(/fileName/);
});

test.each([
  ['', '/'],
  ['/', '/'],
  ['a/b', '/a/b'],
  ['//a///b//', '/a/b'],
  ['/a/../b', '/a/__/b'],
  ['/tr:w-1/x y', '/tr_w-1/x_y'],
  ['summer.2026/東京', '/summer_2026/東京'],
])('the folder %j is %j', (given, kept) => {
  expect(sanitiseFolder(given)).toBe(kept);
});

test('a folder may have fifty levels', () => {
  const levels = (count: number) => Array.from({ length: count }, () => 'a').join('/');

  expect(sanitiseFolder(levels(LIMITS.folderLevels))).toHaveLength(2 * LIMITS.folderLevels);
  expect(() => sanitiseFolder(levels(LIMITS.folderLevels + 1))).toThrow('50');
});

test('a path is bounded in bytes, not in characters', () => {
  expect(joinPath('/', 'é'.repeat(449))).toHaveLength(450);
  expect(() => joinPath('/', 'é'.repeat(450))).toThrow(String(LIMITS.pathBytes));
});

test('whatever comes in, a path has no empty or dot segment and survives escaping', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
      (folder, name) => {
        fc.pre(!/^\.*$/.test(name.normalize('NFC')));

        const path = joinPath(sanitiseFolder(folder), sanitiseName(name));

        const segments = path.slice(1).split('/');
        expect(segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..')).toBe(true);
        expect(new URL(`https://m.example${escapePath(path)}`).pathname).toBe(escapePath(path));
        expect(decodeURIComponent(escapePath(path))).toBe(path);
      },
    ),
  );
});

test('a suffix stands before the extension', () => {
  expect(withSuffix('a.b.jpg', 'S-PgGysn_')).toBe('a.b_S-PgGysn_.jpg');
  expect(withSuffix('README', 'S-PgGysn_')).toBe('README_S-PgGysn_');
  expect(withSuffix('.htaccess', 'S-PgGysn_')).toBe('.htaccess_S-PgGysn_');
});

test('an extension is short, lower case and plain', () => {
  expect(['A.JPG', 'a.tar.gz', 'a', '.profile', 'a.東京', 'a.'].map(extensionOf)).toEqual([
    'jpg',
    'gz',
    '',
    '',
    '',
    '',
  ]);
});

import { expect, it, test } from 'vitest';
import { MemberNames, withEnding } from '../../../../lambda/core/library/zips/member-names.ts';

const namesOf = (...paths: readonly string[]) => {
  const names = new MemberNames();
  return paths.map((path) => names.nameOf(path));
};

it.each([
  ['/a/b.txt', 'a/b.txt'],
  ['../../etc/passwd', '__/__/etc/passwd'],
  ['/./x', '_/x'],
  ['C:\\x.txt', 'C__x.txt'],
  ['a\u0000b\n.txt', 'a_b_.txt'],
  ['con.txt', '_con.txt'],
  ['folder./x. ', 'folder_/x__'],
  ['//', 'file'],
  ['e\u0301te\u0301.jpg', 'été.jpg'],
  ['photo\u202egpj.exe', 'photo_gpj.exe'],
  [`${'é'.repeat(200)}.jpeg`, `${'é'.repeat(117)}.jpeg`],
  [`a.${'é'.repeat(200)}`, `a.${'é'.repeat(119)}`],
])('%j is %j', (path, name) => {
  expect(namesOf(path)).toEqual([name]);
});

test('no two members have names that some system takes for one', () => {
  expect(namesOf('/a.txt', '/A.TXT', '/a.txt', 'a (2).txt', '/noending', '/noending', '/.hidden', '/.hidden')).toEqual([
    'a.txt',
    'A (2).TXT',
    'a (3).txt',
    'a (2) (2).txt',
    'noending',
    'noending (2)',
    '.hidden',
    '.hidden (2)',
  ]);
});

it.each([
  ['a.png', 'image/jpeg', 'a.png.jpg'],
  ['a.JPEG', 'image/jpeg; q=1', 'a.JPEG'],
  ['a', 'image/webp', 'a.webp'],
  ['a.bin', 'application/x-other', 'a.bin'],
  ['a.bin', undefined, 'a.bin'],
])('%s that is %s is written as %s', (name, type, written) => {
  expect(withEnding(name, type)).toBe(written);
});

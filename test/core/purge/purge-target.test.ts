import { expect, test } from 'vitest';
import { readPurgeTarget } from '../../../lambda/core/purge/purge-target.ts';

const HOST = 'media.example.com';
const read = (url: string) => readPurgeTarget({ url: `https://${HOST}${url}` }, HOST);

test('a URL is meant exactly, with its transformation', () => {
  expect(read('/tr:w-300/a/b.jpg?v=1')).toEqual({ kind: 'url', path: '/tr:w-300/a/b.jpg', query: 'v=1' });
  expect(readPurgeTarget({ url: 'http://MEDIA.example.com' }, HOST)).toEqual({ kind: 'url', path: '/', query: '' });
});

test.each([
  ['/a/b*', '/a/b'],
  ['/a/b/*', '/a/b/'],
  ['/a.jpg*', '/a.jpg'],
  ['/a-long-name-of-file*', '/a-long-name-of-file'],
  ['/tr:w-9/x/%C3%A9*', '/x/é'],
])('%s means every path that begins so', (url, prefix) => {
  expect(read(url)).toEqual({ kind: 'prefix', prefix });
});

test.each([
  ['/*', 'levels'],
  ['/a*', 'levels'],
  ['/short/*', 'levels'],
  ['/media/catalog/*', 'levels'],
  ['/s/files/*', 'levels'],
  ['/a/*/b', 'last character'],
  ['/a/b.jpg?tr=w-*', 'last character'],
  ['/a/%2e%2e/b*', 'dot segment'],
])('%s is refused', (url, reason) => {
  expect(() => read(url)).toThrow(reason);
});

test.each([
  [{ url: 'https://elsewhere.example/a.jpg' }, 'media.example.com'],
  [{ url: `https://user@${HOST}/a.jpg` }, 'media.example.com'],
  [{ url: 'a.jpg' }, 'media.example.com'],
  [{}, 'exactly one'],
  [undefined, 'exactly one'],
  [[], 'exactly one'],
  [{ url: 5 }, 'exactly one'],
  [{ url: '' }, 'exactly one'],
  [{ tag: 'a', fileId: 'b' }, 'exactly one'],
  [{ fileId: '../x' }, '24 hexadecimal'],
])('%j is refused', (body, reason) => {
  expect(() => readPurgeTarget(body, HOST)).toThrow(reason);
});

test('an asset, a folder and a tag are meant with everything in them', () => {
  expect(readPurgeTarget({ fileId: 'a'.repeat(24) }, HOST)).toEqual({ kind: 'asset', fileId: 'a'.repeat(24) });
  expect(readPurgeTarget({ folderPath: 'a//b/' }, HOST)).toEqual({ kind: 'folder', folder: '/a/b' });
  expect(readPurgeTarget({ folderPath: '/' }, HOST)).toEqual({ kind: 'folder', folder: '/' });
  expect(readPurgeTarget({ tag: 'summer' }, HOST)).toEqual({ kind: 'tag', tag: 'summer' });
});

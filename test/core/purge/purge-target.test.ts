import { expect, test } from 'vitest';
import { toPurgeTarget } from '../../../lambda/core/purge/purge-target.ts';
import { UNCHANGED_DEFAULT } from '../../../lambda/core/settings/endpoints/endpoint.ts';
import { urlLocator } from '../../../lambda/core/settings/endpoints/locate-url.ts';

const HOST = 'media.example.com';
const locate = urlLocator({
  mediaHost: async () => HOST,
  region: 'eu-west-1',
  home: 'eu-west-1',
  list: async () => [
    { ...UNCHANGED_DEFAULT, id: 'shop', urlPrefix: 'shop', hosts: ['shop.example.com'] },
    { ...UNCHANGED_DEFAULT, id: 'west', urlPrefix: 'west', region: 'us-west-2' },
  ],
});
const read = (url: string) => toPurgeTarget({ url: `https://${HOST}${url}` }, locate);

test('a URL is meant exactly, with its transformation', async () => {
  const url = { kind: 'url', endpoint: 'default' };
  expect(await read('/tr:w-300/a/b.jpg?v=1')).toEqual({ ...url, path: '/tr:w-300/a/b.jpg', query: 'v=1' });
  expect(await toPurgeTarget({ url: 'http://MEDIA.example.com' }, locate)).toEqual({ ...url, path: '/', query: '' });
});

test('a URL of another region is for the API there, which has its files', async () => {
  await expect(read('/west/a.jpg')).rejects.toMatchObject({
    code: 'url.foreign',
    message: 'url is one of the region us-west-2; ask the API there.',
  });
});

test.each(['https://media.example.com/shop/a.jpg', 'http://Shop.example.com:8080/a.jpg'])(
  '%s is a URL of the endpoint shop',
  async (url) => {
    const target = { kind: 'url', endpoint: 'shop', path: '/a.jpg', query: '' };
    expect(await toPurgeTarget({ url }, locate)).toEqual(target);
  },
);

test.each([
  ['/a/b*', '/a/b'],
  ['/a/b/*', '/a/b/'],
  ['/a.jpg*', '/a.jpg'],
  ['/a-long-name-of-file*', '/a-long-name-of-file'],
  ['/tr:w-9/x/%C3%A9*', '/x/é'],
])('%s means every path that begins so', async (url, prefix) => {
  expect(await read(url)).toEqual({ kind: 'prefix', prefix });
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
])('%s is refused', async (url, reason) => {
  await expect(read(url)).rejects.toThrow(reason);
});

test.each([
  [{ url: 'https://elsewhere.example/a.jpg' }, 'media.example.com'],
  [{ url: `https://user@${HOST}/a.jpg` }, 'media.example.com'],
  [{ url: 'a.jpg' }, 'media.example.com'],
])('%j is refused', async (body, reason) => {
  await expect(toPurgeTarget(body, locate)).rejects.toThrow(reason);
});

test('an asset, a folder and a tag are meant with everything in them', async () => {
  expect(await toPurgeTarget({ fileId: 'a'.repeat(24) }, locate)).toEqual({ kind: 'asset', fileId: 'a'.repeat(24) });
  expect(await toPurgeTarget({ folderPath: 'a//b/' }, locate)).toEqual({ kind: 'folder', folder: '/a/b' });
  expect(await toPurgeTarget({ folderPath: '/' }, locate)).toEqual({ kind: 'folder', folder: '/' });
  expect(await toPurgeTarget({ tag: 'summer' }, locate)).toEqual({ kind: 'tag', tag: 'summer' });
});

import { beforeEach, expect, test } from 'vitest';
import { ENGINE_VERSION } from '../../../lambda/contract/engine-version.ts';
import { cacheTag } from '../../../lambda/core/delivery/cache-tags.ts';
import { sha256Hex } from '../../../lambda/core/kernel/sha256.ts';
import { variantRemoval } from '../../../lambda/core/purge/remove-variants.ts';
import { assetPrefix, firstAnswerKey } from '../../../lambda/core/request/variant-key.ts';

/* Ports are kept in memory, so that their order can be seen; real storage is in test/handlers/purge.test.ts. */
let steps: string[];
let stored: Set<string>;
let carrying: Map<string, string[]>;
let used: Set<string>;

beforeEach(() => {
  steps = [];
  stored = new Set();
  carrying = new Map();
  used = new Set();
});

const removal = variantRemoval({
  stored: {
    removeWithPrefix: async (prefix, isMeant = () => true) => {
      const keys = [...stored].filter((key) => key.startsWith(prefix) && isMeant(key));
      for (const key of keys) stored.delete(key);
      if (keys.length > 0) steps.push(`removed ${keys.length}`);
      return keys.length;
    },
    remove: async (keys) => {
      for (const key of keys) stored.delete(key);
    },
    removeOfEndpoint: async (engine, endpoint) => void steps.push(`removed ${engine} ${endpoint}`),
  },
  dependents: {
    list: async (dependency) => carrying.get(dependency) ?? [],
    remove: async (dependency, keys) => {
      if (keys.length > 0) steps.push(`forgot ${dependency}`);
      carrying.delete(dependency);
    },
  },
  usedTags: { among: async (tags) => new Set(tags.filter((tag) => used.has(tag))) },
  invalidations: {
    create: async (tags) => {
      steps.push(`told ${tags.join(' ')}`);
      return 'I1';
    },
    isComplete: async () => true,
  },
  queue: {
    add: async () => {},
    waiting: async () => [],
    settle: async () => {},
    find: async () => undefined,
  },
  clock: () => 0,
  hexId: () => 'f',
});

const keyOf = (path: string, access = 'open') =>
  `${assetPrefix(path, ENGINE_VERSION, sha256Hex).slice(1)}${access}/shop/x.webp`;
const tag = (path: string) => cacheTag('path', path);

test('stored variants go first, then the CDN is told by one tag an asset, however many endpoints show it', async () => {
  stored = new Set([keyOf('/a.jpg'), keyOf('/a.jpg', 'signed'), keyOf('/b.jpg')]);
  used = new Set([tag('/a.jpg'), tag('/b.jpg')]);

  expect(await removal.removePaths(['/a.jpg'])).toEqual(['I1']);

  expect(steps).toEqual(['removed 2', `told ${tag('/a.jpg')}`]);
  expect([...stored]).toEqual([keyOf('/b.jpg')]);
});

test('of what was never delivered nobody is told', async () => {
  used = new Set([tag('/b.jpg')]);

  expect(await removal.removePaths(['/a.jpg', '/c.jpg'])).toEqual([]);
  expect(steps).toEqual([]);
  await removal.removePaths(['/a.jpg', '/b.jpg']);
  expect(steps).toEqual([`told ${tag('/b.jpg')}`]);
});

test('pictures that carry an asset have its tag: theirs go with it, and what was noted of them last', async () => {
  stored = new Set([keyOf('/other.jpg')]);
  carrying = new Map([['asset:/logo.png', [keyOf('/other.jpg')]]]);

  await removal.removePaths(['/logo.png']);

  expect(stored.size).toBe(0);
  expect(steps).toEqual([`told ${tag('/logo.png')}`, 'forgot asset:/logo.png']);
});

test('files of a folder are told of by the folder, those that others carry or that lie far below by themselves', async () => {
  const deep = `/x${'/d'.repeat(16)}/e.jpg`;
  const near = `/x${'/d'.repeat(15)}/e.jpg`;
  stored = new Set([keyOf('/x/a.jpg'), keyOf('/x/logo.png'), keyOf(deep), keyOf(near)]);
  carrying = new Map([['asset:/x/logo.png', ['other']]]);

  await removal.removeInFolder('/x', ['/x/a.jpg', '/x/logo.png', deep, near]);
  await removal.tellOfFolder('/x');

  expect(steps.filter((step) => step.startsWith('told'))).toEqual([
    `told ${tag('/x/logo.png')} ${tag(deep)}`,
    `told ${cacheTag('folder', '/x')}`,
  ]);
});

test('an endpoint and a name are one tag', async () => {
  carrying = new Map([['name:thumb', ['a']]]);
  await removal.removeEndpoint('shop');
  await removal.removeNamed('thumb');
  await removal.removeNamed('unused');

  expect(steps).toEqual([
    ...[`removed ${ENGINE_VERSION} shop`, `told ${cacheTag('endpoint', 'shop')}`],
    ...[`told ${cacheTag('name', 'thumb')}`, 'forgot name:thumb'],
  ]);
});

test('a URL is purged with what was made of it while its folder was stale', async () => {
  const key = keyOf('/x/a.jpg');
  stored = new Set([key, key.replace('.webp', '-mmf0x.webp'), keyOf('/x/a.jpg', 'signed')]);

  await removal.removeVariants('/x/a.jpg', [key]);

  expect([...stored]).toEqual([keyOf('/x/a.jpg', 'signed')]);
});

test('a first answer that waits beside its variant goes with it, whichever way it is purged', async () => {
  const key = keyOf('/a.jpg');
  const renewed = key.replace('.webp', '-mf0x.webp');
  stored = new Set([key, firstAnswerKey(key), firstAnswerKey(renewed), firstAnswerKey(keyOf('/other.jpg'))]);
  await removal.removeVariants('/a.jpg', [key]);
  expect([...stored]).toEqual([firstAnswerKey(keyOf('/other.jpg'))]);

  stored = new Set([key, firstAnswerKey(key)]);
  carrying.set('name:thumb', [key]);
  await removal.removeNamed('thumb');
  expect([...stored]).toEqual([]);

  stored = new Set([firstAnswerKey(key)]);
  await removal.removePaths(['/a.jpg']);
  expect([...stored]).toEqual([]);
});

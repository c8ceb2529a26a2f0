import { beforeEach, expect, test } from 'vitest';
import { CACHE_TAG_HEADER } from '../../../lambda/contract/edge.ts';
import { cacheTag } from '../../../lambda/core/delivery/cache-tags.ts';
import { deliverImage } from '../../../lambda/core/delivery/deliver-image.ts';
import type { RenderImage } from '../../../lambda/core/delivery/render-image.ts';
import { problem } from '../../../lambda/core/kernel/problems.ts';
import { ask, bytes, deps, forgetAll, keep, names, tagsNoted, variants } from './memory-delivery.ts';

beforeEach(forgetAll);

const withLogo: RenderImage = async (_source, _plan, _accepts, load) => {
  await load('/logo.png');
  return { bytes: bytes('picture'), contentType: 'image/webp', format: 'webp', width: 4 };
};

const LAYERED = 'l-image,i-logo.png,l-end';
const tagsOf = (headers: Readonly<Record<string, string>>) => (headers[CACHE_TAG_HEADER] ?? '').split(',');

test('a picture is tagged with its path, asset and endpoint, what it was made of, and its folders upwards', async () => {
  keep('/a/b/c.jpg', 'one');
  keep('/logo.png', 'logo');
  names.set('thumb', {
    ...{ id: 'thumb', name: 'thumb', transformation: LAYERED, enabled: true, createdAt: '', revision: 1 },
  });

  const { headers, stored } = await deliverImage(deps({ render: withLogo }), ask('/a/b/c.jpg', 'tr=n-thumb'));
  await stored;

  expect(tagsOf(headers)).toEqual([
    ...[cacheTag('path', '/a/b/c.jpg'), cacheTag('asset', 'a'.repeat(24)), cacheTag('endpoint', 'default')],
    ...[cacheTag('name', 'thumb'), cacheTag('path', '/logo.png')],
    ...[cacheTag('folder', '/a/b'), cacheTag('folder', '/a'), cacheTag('folder', '/')],
  ]);
  expect([...variants.values()][0]?.headers.cacheTags).toBe(headers[CACHE_TAG_HEADER]);
  expect(tagsNoted).toEqual(
    new Set([cacheTag('name', 'thumb'), cacheTag('path', '/a/b/c.jpg'), cacheTag('path', '/logo.png')]),
  );
});

test('50 tags are the most: far folders have no room, near ones do', async () => {
  const folders = Array.from({ length: 60 }, (_, index) => `/${index}`).join('');
  keep(`${folders}/c.jpg`, 'one');

  const { headers } = await deliverImage(deps(), ask(`${folders}/c.jpg`, 'tr=w-1'));

  expect(tagsOf(headers)).toHaveLength(50);
  expect(tagsOf(headers)).toContain(cacheTag('folder', folders));
  expect(tagsOf(headers)).not.toContain(cacheTag('folder', '/0'));
});

test('a missing file is tagged with its path, but is nothing that a purge would have to tell of', async () => {
  const { status, headers } = await deliverImage(deps(), ask('/x/missing.jpg', 'tr=w-1'));

  expect(status).toBe(404);
  expect(tagsOf(headers)).toEqual([
    ...[cacheTag('path', '/x/missing.jpg'), cacheTag('endpoint', 'default')],
    ...[cacheTag('folder', '/x'), cacheTag('folder', '/')],
  ]);
  expect(tagsNoted.size).toBe(0);
});

test('a default image has its own path’s tag beside that of the missing file', async () => {
  keep('/stand-in.png', 'stand-in');

  const { headers } = await deliverImage(deps(), ask('/missing.jpg', 'tr=w-1,di-stand-in.png'));

  expect(tagsOf(headers)).toEqual(
    expect.arrayContaining([cacheTag('path', '/missing.jpg'), cacheTag('path', '/stand-in.png')]),
  );
  expect(tagsNoted).toEqual(new Set([cacheTag('path', '/stand-in.png')]));
});

test('an original is tagged like a picture, and so is an error of a file that is there', async () => {
  keep('/a.pdf', 'two', { fileType: 'non-image', contentType: 'application/pdf' });
  keep('/a.jpg', 'one');
  const original = await deliverImage(deps(), ask('/a.pdf'));
  const failing = deps({ render: () => Promise.reject(problem('source.unreadable', 'Not a picture.')) });
  const error = await deliverImage(failing, ask('/a.jpg', 'tr=w-1'));

  expect(tagsOf(original.headers)).toContain(cacheTag('path', '/a.pdf'));
  expect(error.status).toBe(400);
  expect(tagsOf(error.headers)).toContain(cacheTag('asset', 'a'.repeat(24)));
  expect(tagsNoted).toContain(cacheTag('path', '/a.jpg'));
});

test('nothing goes out before its tags are noted: otherwise a purge would not tell of it', async () => {
  keep('/a.jpg', 'one');
  const failing = deps({ tagUse: { note: () => Promise.reject(new Error('throttled')) } });

  const { status, headers } = await deliverImage(failing, ask('/a.jpg', 'tr=w-1'));

  expect([status, headers['cache-control']]).toEqual([500, 'no-store']);
});

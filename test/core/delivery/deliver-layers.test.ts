import { beforeEach, expect, test } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import { deliverImage } from '../../../lambda/core/delivery/deliver-image.ts';
import type { RenderImage } from '../../../lambda/core/delivery/render-image.ts';
import { ask, assets, bytes, dependencies, deps, forgetAll, keep, reports, text, variants } from './memory-delivery.ts';

beforeEach(forgetAll);

/** Draws the logo on everything. */
const withLogo: RenderImage = async (source, _plan, _accepts, load) => ({
  bytes: bytes(`${text(source)} with ${text(await load('/logo.png'))}`),
  contentType: 'image/webp',
  format: 'webp',
  width: 4,
});

const LAYERED = 'tr=l-image,i-logo.png,l-end';

test('a layer is read from the library, and the variant is noted as made with it', async () => {
  keep('/a.jpg', 'one');
  keep('/logo.png', 'logo');
  const request = ask('/a.jpg', LAYERED);

  const { body, stored } = await deliverImage(deps({ render: withLogo }), request);
  await stored;

  expect(text(body)).toBe('one with logo');
  expect(dependencies).toEqual([[request.path.slice(1), 'asset:/logo.png']]);
  expect(variants.size).toBe(1);
});

test('a layer that changes during the render is drawn anew, one that changes during the store is not kept', async () => {
  keep('/a.jpg', 'one');
  keep('/logo.png', 'old');
  let renders = 0;
  const replacing: RenderImage = async (...parameters) => {
    const image = await withLogo(...parameters);
    if (++renders === 1) keep('/logo.png', 'new');
    return image;
  };
  const { body } = await deliverImage(deps({ render: replacing }), ask('/a.jpg', LAYERED));
  expect(text(body)).toBe('one with new');

  const usual = deps({ render: withLogo });
  const put = async () => void keep('/logo.png', 'newer');
  const { stored } = await deliverImage({ ...usual, variants: { ...usual.variants, put } }, ask('/a.jpg', LAYERED));
  await stored;
  expect(variants.size).toBe(0);
});

test.each([
  ['is missing', {}, 404, /logo.png" does not exist/],
  ['is private', { isPrivate: true }, 401, /signature/],
  ['is too large', { size: LIMITS.sourceBytes + 1 }, 400, /50000000 bytes/],
])('a layer that %s ends the request with its reason', async (state, changes, status, reason) => {
  keep('/a.jpg', 'one');
  if (state !== 'is missing') keep('/logo.png', 'logo', changes);

  const delivery = await deliverImage(deps({ render: withLogo }), ask('/a.jpg', LAYERED));

  expect(delivery.status).toBe(status);
  expect(text(delivery.body)).toMatch(reason);
  expect(reports).toEqual([]);
});

test('a default image stands in for a missing file, for a short time and in no store', async () => {
  keep('/standin.png', 'standin');

  const { status, headers, body, stored } = await deliverImage(deps(), ask('/none.jpg', 'tr=w-9,di-standin.png'));
  await stored;

  expect([status, text(body)]).toEqual([200, 'rendered standin']);
  expect(headers).toMatchObject({ 'cache-control': 'public, max-age=60', 'x-ik-default-image': 'true' });
  expect(variants.size).toBe(0);
});

test.each([
  ['is missing', undefined, 404],
  ['is no picture', { fileType: 'non-image' }, 404],
  ['is private', { isPrivate: true }, 401],
] as const)('a default image that %s does not', async (_, changes, status) => {
  if (changes) keep('/standin.png', 'standin', changes);

  expect((await deliverImage(deps(), ask('/none.jpg', 'tr=di-standin.png'))).status).toBe(status);
});

test('a version is delivered by its id, and only one of the same file', async () => {
  const first = keep('/a.jpg', 'one');
  keep('/a.jpg', 'two');
  const finder = {
    find: async (path: string) => assets.get(path),
    findVersion: async (assetId: string, versionId: string) =>
      assetId === first.assetId && versionId === first.versionId ? first : undefined,
  };
  const asked = async (version: string) => {
    const { status, body } = await deliverImage(deps({ assets: finder }), ask('/a.jpg', `ik-obj-version=${version}`));
    return [status, text(body).trim()];
  };

  expect(await asked(first.versionId)).toEqual([200, 'rendered one']);
  expect(await asked(assets.get('/a.jpg')?.versionId ?? '')).toEqual([200, 'rendered two']);
  expect(await asked('f'.repeat(24))).toEqual([404, 'The file has no such version.']);
});

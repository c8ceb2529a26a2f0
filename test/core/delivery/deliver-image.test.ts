import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { CACHE_TAG_HEADER } from '../../../lambda/contract/edge.ts';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import { cacheTag } from '../../../lambda/core/delivery/cache-tags.ts';
import { deliverImage } from '../../../lambda/core/delivery/deliver-image.ts';
import { problem } from '../../../lambda/core/kernel/problems.ts';
import type { PathRecord } from '../../../lambda/core/library/asset.ts';
import { ask, assets, bytes, deps, forgetAll, keep, NOW, reports, text, variants } from './memory-delivery.ts';

beforeEach(forgetAll);

test('a picture is rendered, answered and stored under the key of the request', async () => {
  keep('/a.jpg', 'one');
  const request = ask('/a.jpg', 'tr=w-10');

  const { status, headers, body, stored } = await deliverImage(deps(), request);
  await stored;

  expect([status, text(body)]).toEqual([200, 'rendered one']);
  const tags = [
    ...[cacheTag('path', '/a.jpg'), cacheTag('asset', 'a'.repeat(24))],
    ...[cacheTag('endpoint', 'default'), cacheTag('folder', '/')],
  ].join(',');
  expect(headers).toEqual({
    'content-type': 'image/webp',
    'content-length': '12',
    etag: `"${createHash('md5').update('rendered one').digest('hex')}"`,
    'last-modified': new Date(NOW).toUTCString(),
    'accept-ranges': 'bytes',
    'cache-control': 'public, s-maxage=31536000, max-age=31536000, must-revalidate',
    'server-timing': expect.stringMatching(/^fetch;dur=\d+\.\d, transform;dur=\d+\.\d, cache;desc=miss$/),
    'x-amz-meta-server-timing': expect.stringMatching(/^made;dur=\d+\.\d$/),
    'x-amz-meta-vary': 'Accept',
    [CACHE_TAG_HEADER]: tags,
  });
  expect([...variants]).toEqual([
    [
      request.path.slice(1),
      {
        bytes: bytes('rendered one'),
        headers: {
          contentType: 'image/webp',
          cacheControl: headers['cache-control'],
          cacheTags: tags,
          serverTiming: headers['x-amz-meta-server-timing'],
          vary: 'Accept',
        },
      },
    ],
  ]);
});

test('a download has a name', async () => {
  keep('/a.jpg', 'one');

  const { headers } = await deliverImage(deps(), ask('/a.jpg', 'tr=f-webp&ik-attachment=true'));

  expect(headers['content-disposition']).toContain('filename="a.webp"');
});

test('items that mean nothing are named in a header', async () => {
  keep('/a.jpg', 'one');

  const { status, headers } = await deliverImage(deps(), ask('/a.jpg', 'tr=w-10,zz-%C3%A9'));

  expect(status).toBe(200);
  expect(headers['x-vitrine-ignored']).toBe('zz-%C3%A9');
});

test('a size that the limits made smaller is named in a header, now and from storage', async () => {
  keep('/a.jpg', 'one');
  const request = ask('/a.jpg', 'tr=w-100');
  const { render } = deps();
  const limited = '16 x 8192 instead of 100 x 51200';

  const { headers, stored } = await deliverImage(
    deps({ render: async (...args) => ({ ...(await render(...args)), limited }) }),
    request,
  );
  await stored;

  expect(headers['x-vitrine-limited']).toBe(limited);
  expect(variants.get(request.path.slice(1))?.headers.limited).toBe(limited);
});

test('the answer does not wait for the store, and a failed store does not harm it', async () => {
  keep('/a.jpg', 'one');
  const never = deps({ variants: { ...deps().variants, put: () => new Promise(() => undefined) } });
  const failing = deps({ variants: { ...deps().variants, put: () => Promise.reject(new Error('full')) } });

  expect((await deliverImage(never, ask('/a.jpg'))).status).toBe(200);
  const { status, stored } = await deliverImage(failing, ask('/a.jpg'));
  await stored;

  expect(status).toBe(200);
  expect(reports).toEqual(['variant-store-failed']);
});

test.each([
  ['a file that is no picture', { fileType: 'non-image', contentType: 'application/pdf' }, ''],
  ['an SVG asked for as it is', { contentType: 'image/svg+xml' }, 'tr=orig-true'],
  ['a picture asked for as it is', {}, 'tr=orig-true'],
] as const)('%s is copied on the side of storage and streamed', async (_, changes, query) => {
  const record = keep('/a.bin', 'the bytes', changes);
  const request = ask('/a.bin', query);

  const { status, headers, body, stored } = await deliverImage(deps(), request);
  await stored;

  expect(status).toBe(200);
  expect(await new Response(body as ReadableStream).text()).toBe('the bytes');
  expect(headers).toMatchObject({ 'content-type': record.contentType, 'content-length': '9', etag: '"copied"' });
  expect(headers).toMatchObject({ 'last-modified': new Date(NOW).toUTCString(), 'accept-ranges': 'bytes' });
  expect(headers['server-timing']).toContain('cache;desc=miss');
  expect([...variants.keys()]).toEqual([request.path.slice(1)]);
});

test('a file too large to stream is copied, and the client asks again', async () => {
  keep('/big.zip', 'x', { fileType: 'non-image', size: LIMITS.sourceBytes + 1 });
  const request = ask('/big.zip', 'v=1');

  const { status, headers, body } = await deliverImage(deps(), request);

  expect([status, body]).toEqual([307, undefined]);
  expect(headers).toMatchObject({ location: '/big.zip?v=1', 'cache-control': 'no-store' });
  expect(variants.has(request.path.slice(1))).toBe(true);
});

test('HEAD has the headers of GET and no body', async () => {
  keep('/a.jpg', 'one');
  keep('/a.pdf', 'two', { fileType: 'non-image' });

  for (const path of ['/a.jpg', '/a.pdf']) {
    const get = await deliverImage(deps(), ask(path));
    const head = await deliverImage(deps(), ask(path, '', 'webp', 'HEAD'));

    expect(head.body).toBeUndefined();
    const untimed = { 'server-timing': '', 'x-amz-meta-server-timing': '' };
    expect({ ...head.headers, ...untimed }).toEqual({ ...get.headers, ...untimed });
  }
});

test.each([
  ['a path without an asset', ask('/none.jpg'), 404, 'ENOENT'],
  ['a path longer than any', ask(`/${'a'.repeat(LIMITS.pathBytes)}`), 404, 'ENOENT'],
  ['a private asset', ask('/private.jpg'), 401, 'EACCES'],
  ['a private asset’s own bytes', ask('/private.jpg', 'tr=orig-true'), 401, 'EACCES'],
  ['a bad transformation', ask('/a.jpg', 'tr=w-abc'), 400, 'EINVAL'],
  ['a file over the limit', ask('/big.jpg', 'tr=w-10'), 400, 'ELIMIT'],
  ['another method', ask('/a.jpg', '', 'webp', 'POST'), 405, 'EINVAL'],
  ['a request that did not pass the edge', { ...ask('/a.jpg'), asked: undefined }, 400, 'EINVAL'],
  ['a key of another URL', { ...ask('/a.jpg'), path: ask('/b.jpg').path }, 400, 'EINVAL'],
  ['a malformed URL', { ...ask('/a.jpg'), asked: { host: '', path: '/%', query: '' } }, 400, 'EINVAL'],
])('%s is refused and stores nothing', async (_, request, status, code) => {
  keep('/a.jpg', 'one');
  keep('/private.jpg', 'secret', { isPrivate: true });
  keep('/big.jpg', 'x', { size: LIMITS.sourceBytes + 1 });

  const answer = await deliverImage(deps(), request);
  await answer.stored;

  expect(answer.status).toBe(status);
  expect(answer.headers['ik-error']).toMatch(new RegExp(`^${code} - `));
  expect(answer.headers['server-timing']).toContain('cache;desc=miss');
  expect(text(answer.body)).not.toContain('secret');
  expect(variants.size).toBe(0);
  expect(reports).toEqual([]);
});

test('a problem of the renderer is the client’s, a fault is ours and says nothing', async () => {
  keep('/a.jpg', 'one');
  const refusing = deps({ render: () => Promise.reject(problem('source.unreadable', 'Not a picture.')) });
  const faulty = deps({ render: () => Promise.reject(new Error('password=hunter2')) });

  expect(await deliverImage(refusing, ask('/a.jpg'))).toMatchObject({ status: 400 });
  const answer = await deliverImage(faulty, ask('/a.jpg'));

  expect([answer.status, answer.headers['cache-control']]).toEqual([500, 'no-store']);
  expect(JSON.stringify(answer.headers) + text(answer.body)).not.toContain('hunter2');
  expect(reports).toEqual(['delivery-failed']);
});

test('an overwrite during the rendering is answered with the new picture', async () => {
  keep('/a.jpg', 'old');
  let renders = 0;
  const { render } = deps();
  const overwritten = deps({
    render: async (...input) => {
      if (renders++ === 0) keep('/a.jpg', 'new');
      return render(...input);
    },
  });

  const { body, stored } = await deliverImage(overwritten, ask('/a.jpg'));
  await stored;

  expect(text(body)).toBe('rendered new');
  expect([...variants.values()].map((variant) => text(variant.bytes))).toEqual(['rendered new']);
});

test.each(['/a.jpg', '/a.pdf'])('an asset that never rests is answered uncached and not stored: %s', async (path) => {
  const changing = (): PathRecord => keep(path, 'v', path.endsWith('.pdf') ? { fileType: 'non-image' } : {});

  const { status, headers, stored } = await deliverImage(
    deps({ assets: { find: async () => changing(), findVersion: async () => undefined } }),
    ask(path),
  );
  await stored;

  expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
  expect(variants.size).toBe(0);
});

test('an overwrite between answer and store leaves no stale variant', async () => {
  keep('/a.jpg', 'old');
  const base = deps().variants;
  const overwritten = deps({
    variants: {
      ...base,
      put: async (...input) => {
        keep('/a.jpg', 'new');
        variants.clear();
        await base.put(...input);
      },
    },
  });

  const { stored } = await deliverImage(overwritten, ask('/a.jpg'));
  await stored;

  expect(variants.size).toBe(0);
});

test('a variant whose currency cannot be checked does not stay', async () => {
  keep('/a.jpg', 'one');
  let reads = 0;
  const find = async (path: string) => (reads++ < 2 ? assets.get(path) : Promise.reject(new Error('throttled')));

  const { status, stored } = await deliverImage(
    deps({ assets: { find, findVersion: async () => undefined } }),
    ask('/a.jpg'),
  );
  await stored;

  expect([status, variants.size]).toEqual([200, 0]);
});

test('an asset that becomes private during the work is not delivered', async () => {
  keep('/a.jpg', 'secret');
  const { render } = deps();
  const hidden = deps({
    render: async (...input) => {
      keep('/a.jpg', 'secret', { isPrivate: true });
      return render(...input);
    },
  });

  expect((await deliverImage(hidden, ask('/a.jpg'))).status).toBe(401);
  expect(variants.size).toBe(0);
});

describe('an address that has had too many pictures made', () => {
  const counted = (request: ReturnType<typeof ask>) => ({ ...request, address: '192.0.2.1' });
  const mayRender = vi.fn(() => false);

  test('is told when to come back, and no cache keeps it', async () => {
    keep('/a.jpg', 'one');

    const answer = await deliverImage(deps({ mayRender }), counted(ask('/a.jpg', 'tr=w-10')));

    expect(answer.status).toBe(429);
    expect(answer.headers).toMatchObject({ 'retry-after': '60', 'cache-control': 'no-store' });
    expect(answer.headers['ik-error']).toMatch(/^ELIMIT - .* 300 new pictures .* a minute/);
    expect(mayRender).toHaveBeenLastCalledWith('192.0.2.1');
    expect(variants.size).toBe(0);
  });

  test('is given files as they are', async () => {
    keep('/a.jpg', 'one');

    expect((await deliverImage(deps({ mayRender }), counted(ask('/a.jpg', 'tr=orig-true')))).status).toBe(200);
  });

  test('is not counted where the CDN does not tell it', async () => {
    keep('/a.jpg', 'one');

    expect((await deliverImage(deps({ mayRender }), ask('/a.jpg', 'tr=w-10'))).status).toBe(200);
  });
});

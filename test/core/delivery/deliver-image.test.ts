import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { ENGINE_VERSION } from '../../../lambda/contract/engine-version.ts';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import type { DeliverImageDeps } from '../../../lambda/core/delivery/deliver-image.ts';
import { deliverImage } from '../../../lambda/core/delivery/deliver-image.ts';
import type { FormatClass } from '../../../lambda/core/delivery/format-class.ts';
import { sha256Hex } from '../../../lambda/core/delivery/identify-variant.ts';
import { readMediaUrl } from '../../../lambda/core/delivery/media-url.ts';
import type { VariantHeaders } from '../../../lambda/core/delivery/ports.ts';
import { variantPath } from '../../../lambda/core/delivery/variant-key.ts';
import { problem } from '../../../lambda/core/errors.ts';
import type { PathRecord } from '../../../lambda/core/library/asset.ts';

/*
 * Ports are kept in memory here, so that an overwrite can be placed between any two steps. The same use case runs against
 * real storage and a real renderer in test/handlers.
 */
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (body: unknown) => new TextDecoder().decode(body as Uint8Array);

let assets: Map<string, PathRecord>;
let originals: Map<string, Uint8Array>;
let variants: Map<string, { bytes: Uint8Array; headers: VariantHeaders }>;
let reports: string[];

beforeEach(() => {
  assets = new Map();
  originals = new Map();
  variants = new Map();
  reports = [];
});

function keep(path: string, content: string, changes: Partial<PathRecord> = {}): PathRecord {
  const revision = (assets.get(path)?.revision ?? 0) + 1;
  const record: PathRecord = {
    path,
    assetId: 'a'.repeat(24),
    revision,
    versionId: String(revision).padStart(24, '0'),
    isPrivate: false,
    updatedAt: '2026-11-25T00:00:00.000Z',
    objectKey: `media${path}/${revision}`,
    contentType: 'image/jpeg',
    fileType: 'image',
    size: content.length,
    width: 4,
    height: 3,
    ...changes,
  };
  assets.set(path, record);
  originals.set(record.objectKey, bytes(content));
  return record;
}

function deps(changes: Partial<DeliverImageDeps> = {}): DeliverImageDeps {
  let now = 0;
  const read = (key: string) => originals.get(key) ?? Promise.reject(new Error('no such object'));
  return {
    assets: { find: async (path) => assets.get(path) },
    originals: { read: async (key) => read(key) },
    variants: {
      put: async (key, stored, headers) => void variants.set(key, { bytes: stored, headers }),
      copyOriginal: async (objectKey, key, headers) =>
        void variants.set(key, { bytes: await read(objectKey), headers }),
      open: async (key) => {
        const stored = variants.get(key)?.bytes ?? bytes('');
        return { body: new Blob([new Uint8Array(stored)]).stream(), size: stored.byteLength, etag: '"copied"' };
      },
      remove: async (key) => void variants.delete(key),
    },
    render: async (source) => ({ bytes: bytes(`rendered ${text(source)}`), contentType: 'image/webp', format: 'webp' }),
    now: () => now++,
    report: (event) => void reports.push(event),
    ...changes,
  };
}

function ask(path: string, query = '', format: FormatClass = 'webp', method = 'GET') {
  const url = readMediaUrl(path, query);
  return { method, path: variantPath(url, format, 'default', ENGINE_VERSION, sha256Hex), asked: { path, query } };
}

test('a picture is rendered, answered and stored under the key of the request', async () => {
  keep('/a.jpg', 'one');
  const request = ask('/a.jpg', 'tr=w-10');

  const { status, headers, body, stored } = await deliverImage(deps(), request);
  await stored;

  expect([status, text(body)]).toEqual([200, 'rendered one']);
  expect(headers).toEqual({
    'content-type': 'image/webp',
    'content-length': '12',
    etag: `"${createHash('md5').update('rendered one').digest('hex')}"`,
    'cache-control': 'public, s-maxage=31536000, max-age=31536000, must-revalidate',
    'server-timing': expect.stringMatching(/^fetch;dur=\d+\.\d, transform;dur=\d+\.\d, cache;desc=miss$/),
    vary: 'Accept',
  });
  expect([...variants]).toEqual([
    [
      request.path.slice(1),
      {
        bytes: bytes('rendered one'),
        headers: {
          contentType: 'image/webp',
          cacheControl: headers['cache-control'],
          serverTiming: headers['server-timing']?.replace(', cache;desc=miss', ''),
        },
      },
    ],
  ]);
});

test('a format that the URL fixes does not vary, and a download has a name', async () => {
  keep('/a.jpg', 'one');

  const { headers } = await deliverImage(deps(), ask('/a.jpg', 'tr=f-webp&ik-attachment=true'));

  expect(headers.vary).toBeUndefined();
  expect(headers['content-disposition']).toContain('filename="a.webp"');
});

test('items that mean nothing are named in a header', async () => {
  keep('/a.jpg', 'one');

  const { status, headers } = await deliverImage(deps(), ask('/a.jpg', 'tr=w-10,zz-%C3%A9'));

  expect(status).toBe(200);
  expect(headers['x-vitrine-ignored']).toBe('zz-%C3%A9');
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
  ['an SVG', { contentType: 'image/svg+xml' }, 'tr=w-10'],
  ['a picture asked for as it is', {}, 'tr=orig-true'],
] as const)('%s is copied on the side of storage and streamed', async (_, changes, query) => {
  const record = keep('/a.bin', 'the bytes', changes);
  const request = ask('/a.bin', query);

  const { status, headers, body, stored } = await deliverImage(deps(), request);
  await stored;

  expect(status).toBe(200);
  expect(await new Response(body as ReadableStream).text()).toBe('the bytes');
  expect(headers).toMatchObject({ 'content-type': record.contentType, 'content-length': '9', etag: '"copied"' });
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
    expect({ ...head.headers, 'server-timing': '' }).toEqual({ ...get.headers, 'server-timing': '' });
  }
});

test.each([
  ['a path without an asset', ask('/none.jpg'), 404, 'ENOENT'],
  ['a path longer than any', ask(`/${'a'.repeat(LIMITS.pathBytes)}`), 404, 'ENOENT'],
  ['a private asset', ask('/private.jpg'), 401, 'EACCES'],
  ['a private asset’s own bytes', ask('/private.jpg', 'tr=orig-true'), 401, 'EACCES'],
  ['a bad transformation', ask('/a.jpg', 'tr=w-abc'), 400, 'EINVAL'],
  ['a file over the limit', ask('/big.jpg'), 400, 'ELIMIT'],
  ['another method', ask('/a.jpg', '', 'webp', 'POST'), 405, 'EINVAL'],
  ['a request that did not pass the edge', { ...ask('/a.jpg'), asked: undefined }, 400, 'EINVAL'],
  ['a key of another URL', { ...ask('/a.jpg'), path: ask('/b.jpg').path }, 400, 'EINVAL'],
  ['a malformed URL', { ...ask('/a.jpg'), asked: { path: '/%', query: '' } }, 400, 'EINVAL'],
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

  const { status, headers, stored } = await deliverImage(deps({ assets: { find: async () => changing() } }), ask(path));
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

  const { status, stored } = await deliverImage(deps({ assets: { find } }), ask('/a.jpg'));
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

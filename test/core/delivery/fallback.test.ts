import { beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import { deliverImage } from '../../../lambda/core/delivery/deliver-image.ts';
import type { ProblemCode } from '../../../lambda/core/kernel/problems.ts';
import { problem } from '../../../lambda/core/kernel/problems.ts';
import type { PathRecord } from '../../../lambda/core/library/asset.ts';
import { ask, deps, forgetAll, keep, settings, text, variants } from './memory-delivery.ts';

beforeEach(forgetAll);

const refusing = (code: ProblemCode) => deps({ render: () => Promise.reject(problem(code, 'It is too much.')) });
const bodyOf = (body: unknown) =>
  body instanceof ReadableStream ? new Response(body).text() : Promise.resolve(text(body));

describe('a plain URL of what cannot be made anew', () => {
  it.each<ProblemCode>(['source.limit', 'transformation.limit', 'source.unsupported'])(
    'is the file as it is stored, which is said, and kept like any picture: %s',
    async (code) => {
      keep('/a.tif', 'the file', { contentType: 'image/tiff' });
      const request = ask('/a.tif');

      const { status, headers, body, stored } = await deliverImage(refusing(code), request);
      await stored;

      expect([status, text(body)]).toEqual([200, 'the file']);
      expect(headers).toMatchObject({
        'content-type': 'image/tiff',
        'x-vitrine-fallback': 'original; It is too much.',
        'cache-control': expect.stringContaining('max-age=31536000'),
      });
      expect(variants.get(request.path.slice(1))?.headers.fallback).toBe('original; It is too much.');
    },
  );

  it.each<ProblemCode>(['render.timeout', 'render.memory'])(
    'is the file for a minute only when the machine was slow: %s',
    async (code) => {
      keep('/a.jpg', 'the file');

      const { status, headers, body, stored } = await deliverImage(refusing(code), ask('/a.jpg'));
      await stored;

      expect([status, text(body)]).toEqual([200, 'the file']);
      expect(headers).toMatchObject({ 'cache-control': 'public, max-age=60', 'x-vitrine-fallback': expect.anything() });
      expect(variants.size).toBe(0);
    },
  );

  it.each<[string, Partial<PathRecord>]>([
    ['pixels', { width: 8000, height: 5001 }],
    ['side', { width: 20, height: LIMITS.outputSide + 1 }],
  ])('is known by the record, and nothing is read or rendered: its %s', async (_, changes) => {
    keep('/a.jpg', 'the file', changes);
    const blind = { ...refusing('internal'), originals: { read: () => Promise.reject(new Error('read')) } };

    const { status, headers, body } = await deliverImage(blind, ask('/a.jpg'));

    expect([status, await bodyOf(body)]).toEqual([200, 'the file']);
    expect(headers['x-vitrine-fallback']).toMatch(/^original; the file has \d+ x \d+ pixels/);
  });

  it('is copied where it is too large to be read', async () => {
    keep('/a.jpg', 'the file', { size: LIMITS.sourceBytes + 1 });
    const request = ask('/a.jpg');

    expect((await deliverImage(deps(), request)).status).toBe(307);
    expect(variants.get(request.path.slice(1))?.headers.fallback).toContain('50000001 bytes');
  });
});

describe('the file is no answer', () => {
  it.each(['tr=w-10', 'tr=q-50', 'tr=f-jpg'])('to a URL that asks for something: %s', async (query) => {
    keep('/a.jpg', 'the file', { width: 10_000, height: 10_000 });

    expect((await deliverImage(refusing('source.limit'), ask('/a.jpg', query))).status).toBe(400);
    expect((await deliverImage(refusing('render.timeout'), ask('/a.jpg', query))).status).toBe(504);
  });

  it('when it is damaged', async () => {
    keep('/a.jpg', 'the file');

    expect((await deliverImage(refusing('source.unreadable'), ask('/a.jpg'))).status).toBe(400);
  });

  it('when it is private and only its names may be seen of it', async () => {
    settings.set('endpoint:default', '{"paused":false}');
    keep('/a.jpg', 'secret', { isPrivate: true, width: 10_000, height: 10_000 });

    expect((await deliverImage(refusing('source.limit'), ask('/a.jpg'))).status).toBe(401);
  });
});

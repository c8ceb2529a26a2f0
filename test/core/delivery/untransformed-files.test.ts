import { beforeEach, describe, expect, it } from 'vitest';
import { deliverImage } from '../../../lambda/core/delivery/deliver-image.ts';
import { problem } from '../../../lambda/core/kernel/problems.ts';
import { ask, deps, forgetAll, keep, settings, text, variants } from './memory-delivery.ts';

beforeEach(forgetAll);

const TYPES = [
  'image/bmp',
  'image/x-icon',
  'image/jp2',
  'image/jxl',
  'image/heic',
  'image/vnd.adobe.photoshop',
  'application/gzip',
  'application/pdf',
  'application/zip',
  'video/mp4',
];
const bodyOf = async (body: unknown) => (body instanceof ReadableStream ? new Response(body).text() : text(body));

describe('a transformation of a file that has no decoder', () => {
  it.each(TYPES)('is left out and said, and the file delivered: %s', async (contentType) => {
    keep('/a.bin', 'the file', { contentType, fileType: 'non-image' });
    const request = ask('/a.bin', 'tr=w-10,h-20:rt-90');

    const { status, headers, body, stored } = await deliverImage(deps(), request);
    await stored;

    expect([status, await bodyOf(body)]).toEqual([200, 'the file']);
    expect(headers).toMatchObject({ 'content-type': contentType, 'x-vitrine-ignored': 'h-20, w-10, rt-90' });
    expect(variants.get(request.path.slice(1))?.headers.ignored).toBe('h-20, w-10, rt-90');
  });

  it.each(TYPES)('is 400 on a strict endpoint: %s', async (contentType) => {
    settings.set('endpoint:default', '{"paused":false,"strict":true}');
    keep('/a.bin', 'the file', { contentType, fileType: 'non-image' });

    const { status, headers } = await deliverImage(deps(), ask('/a.bin', 'tr=w-10'));

    expect([status, headers['ik-error']]).toEqual([
      400,
      expect.stringContaining(`ENOTSUP - A file of the type ${contentType}`),
    ]);
    expect((await deliverImage(deps(), ask('/a.bin'))).status).toBe(200);
  });

  it('is the same rule for an image that the decoder turns out to lack', async () => {
    keep('/a.avif', 'the file', { contentType: 'image/avif' });
    const lacking = deps({ render: () => Promise.reject(problem('source.unsupported', 'No decoder.')) });

    const { status, headers, body } = await deliverImage(lacking, ask('/a.avif', 'tr=w-10'));

    expect([status, text(body)]).toEqual([200, 'the file']);
    expect(headers).toMatchObject({ 'content-type': 'image/avif', 'x-vitrine-ignored': 'w-10' });
    settings.set('endpoint:default', '{"paused":false,"strict":true}');
    expect((await deliverImage(lacking, ask('/a.avif', 'tr=w-10'))).status).toBe(400);
  });

  it.each(['', 'tr=orig-true', 'tr=f-auto'])('says nothing where nothing was asked: %s', async (query) => {
    keep('/a.pdf', 'the file', { contentType: 'application/pdf', fileType: 'non-image' });

    const { status, headers } = await deliverImage(deps(), ask('/a.pdf', query));

    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('x-vitrine-ignored');
  });
});

describe('a thumbnail of what cannot be drawn', () => {
  it.each([
    ['/a.zip', { contentType: 'application/zip', fileType: 'non-image' }, 'ZIP'],
    ['/a.<b>"x', { contentType: 'application/octet-stream', fileType: 'non-image' }, 'FILE'],
    ['/a', { contentType: 'application/octet-stream', fileType: 'non-image' }, 'FILE'],
  ] as const)('is a card with the extension, never the file: %s', async (path, changes, word) => {
    keep(path, 'the file', changes);

    const { status, headers, body } = await deliverImage(deps(), ask(encodeURI(path), 'tr=n-ik_ml_thumbnail'));

    expect([status, headers['content-type']]).toEqual([200, 'image/webp']);
    expect(text(body)).toContain(`>${word}</text></svg>`);
    expect(text(body)).not.toContain('the file');
  });

  it('is one of an image without a decoder, too', async () => {
    keep('/a.avif', 'the file', { contentType: 'image/avif' });
    const lacking = deps({
      render: async (source) => {
        if (text(source) === 'the file') throw problem('source.unsupported', 'No decoder.');
        return { bytes: source, contentType: 'image/webp', format: 'webp', width: 300 };
      },
    });

    const { body } = await deliverImage(lacking, ask('/a.avif', 'tr=n-ik_ml_thumbnail'));

    expect(text(body)).toContain('>AVIF</text>');
  });
});

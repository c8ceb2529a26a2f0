import { beforeEach, describe, expect, it } from 'vitest';
import { deliverImage } from '../../../lambda/core/delivery/deliver-image.ts';
import type { DeliverImageDeps } from '../../../lambda/core/delivery/deliver-image-deps.ts';
import { problem } from '../../../lambda/core/kernel/problems.ts';
import { ask, bytes, deps, forgetAll, keep, reports, text, variants } from './memory-delivery.ts';

beforeEach(forgetAll);

const PDF = { fileType: 'non-image', contentType: 'application/pdf' } as const;
const fail = () => Promise.reject(new Error('the bucket is not there'));

const withVariants = (changes: Partial<DeliverImageDeps['variants']>) =>
  deps({ variants: { ...deps().variants, ...changes } });

describe('an original', () => {
  it.each([
    ['cannot be stored', { copyOriginal: fail }],
    ['is purged before its copy is read', { open: fail }],
  ])('that %s is delivered from the originals, and not kept for long', async (_, broken) => {
    keep('/a.pdf', 'pages', PDF);

    const answer = await deliverImage(withVariants(broken), ask('/a.pdf'));

    expect([answer.status, text(answer.body)]).toEqual([200, 'pages']);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '5',
      'cache-control': 'public, max-age=60',
      'last-modified': 'Wed, 25 Nov 2026 00:00:00 GMT',
      'accept-ranges': 'bytes',
    });
    expect(reports).toEqual(['variant-store-failed']);
  });

  it('that is not at its origin any more is a 4xx and no fault of the storage', async () => {
    keep('/a.pdf', 'pages', PDF);
    const copyOriginal = () => Promise.reject(problem('asset.not-found', 'The file is not at its origin any more.'));

    expect((await deliverImage(withVariants({ copyOriginal }), ask('/a.pdf'))).status).toBe(404);
    expect(reports).toEqual([]);
  });

  it('that became private meanwhile is not delivered that way either', async () => {
    keep('/a.pdf', 'pages', PDF);
    const copyOriginal = () => {
      keep('/a.pdf', 'pages', { ...PDF, isPrivate: true });
      return fail();
    };

    expect((await deliverImage(withVariants({ copyOriginal }), ask('/a.pdf'))).status).toBe(401);
    expect(variants.size).toBe(0);
  });

  it('above 50 MB needs the copy: its bytes do not go through the memory of a function', async () => {
    keep('/a.pdf', 'pages', { ...PDF, size: 51 * 1024 * 1024 });
    const read = () => Promise.resolve(bytes('read after all'));

    const answer = await deliverImage({ ...withVariants({ copyOriginal: fail }), originals: { read } }, ask('/a.pdf'));

    expect(answer.status).toBe(500);
    expect(text(answer.body)).not.toContain('read after all');
  });
});

it('a picture that cannot be stored is delivered all the same', async () => {
  keep('/a.jpg', 'picture');

  const answer = await deliverImage(withVariants({ put: fail }), ask('/a.jpg'));
  await answer.stored;

  expect([answer.status, text(answer.body)]).toEqual([200, 'rendered picture']);
  expect(reports).toEqual(['variant-store-failed']);
});

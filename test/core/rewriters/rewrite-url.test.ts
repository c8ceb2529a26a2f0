import { describe, expect, it } from 'vitest';
import { readCanonicalUrl } from '../../../lambda/core/request/read-canonical-url.ts';
import { rewriteUrl } from '../../../lambda/core/rewriters/rewrite-url.ts';
import type { UrlRewriter } from '../../../lambda/core/rewriters/url-rewriter.ts';
import { rewriterSettings } from '../../../lambda/core/rewriters/url-rewriter.ts';

const CLOUDINARY = { type: 'CLOUDINARY', preserveAssetDeliveryTypes: false } as const;

function read(rewriter: UrlRewriter, path: string, query = '', choices = {}) {
  const settings = { paused: false, rewriter: rewriterSettings(rewriter), ...choices };
  const url = readCanonicalUrl(path, query, 8192, settings);
  if (url.refusal !== undefined) throw new Error(url.reason);
  return rewriteUrl(url, settings);
}

const native = (path: string, query = '') => {
  const { foreign: _, ...url } = read({ type: 'AKAMAI' }, path, query);
  return url;
};

describe('a URL of Cloudinary', () => {
  it.each([
    ['/image/upload/w_300,c_fill/e_blur:500/v12/shop/a.jpg', '/tr:w-300,c-maintain_ratio:bl-5/shop/a.jpg', 'v=12'],
    ['/w_300/shop/a.jpg', '/tr:w-300/shop/a.jpg', ''],
    ['/image/upload/s--Xy_-12ab--/w_300/a.jpg', '/tr:w-300/a.jpg', ''],
    ['/video/authenticated/a.jpg', '/a.jpg', ''],
    ['/v2/a.jpg', '/a.jpg', 'v=2'],
    ['/shop/w_300/a.jpg', '/shop/w_300/a.jpg', ''],
    ['/w_300', '/w_300', ''],
    ['/e_/a.jpg', '/e_/a.jpg', ''],
    ['/my_files/a.jpg', '/my_files/a.jpg', ''],
    ['/w_300,my_files/a.jpg', '/w_300,my_files/a.jpg', ''],
    ['/$size_300/if_w_gt_1/a.jpg', '/a.jpg', ''],
    ['/w_300/tr:h-20/a.jpg', '/tr:w-300:h-20/a.jpg', ''],
    ['/tr:h-20/a.jpg', '/tr:h-20/a.jpg', ''],
  ])('%s is %s', (theirs, ours, query) => {
    const { dropped: _, ...url } = read(CLOUDINARY, theirs);

    expect(url).toEqual(native(ours, query));
  });

  it('keeps types of asset and delivery in the path when they are to be preserved', () => {
    const keeping = { ...CLOUDINARY, preserveAssetDeliveryTypes: true };

    expect(read(keeping, '/image/upload/w_300/a.jpg')).toEqual(native('/image/upload/tr:w-300/a.jpg'));
    expect(read(keeping, '/w_300/a.jpg')).toEqual(native('/tr:w-300/a.jpg'));
  });

  it('has a format of its own, or leaves it to what the client accepts', () => {
    expect(read(CLOUDINARY, '/w_300,f_png/a.jpg').fixedFormat).toBe(true);
    expect(read(CLOUDINARY, '/w_300,f_auto/a.jpg').fixedFormat).toBe(false);
  });

  it('has widths of the endpoint’s steps, and one order of items', () => {
    expect(read(CLOUDINARY, '/w_310,h_20/a.jpg', '', { snap: 100 }).steps).toEqual([['h-20', 'w-400']]);
  });

  it('of an original asks for nothing else', () => {
    expect(read(CLOUDINARY, '/w_300/tr:orig-true/a.jpg')).toEqual(native('/tr:orig-true/a.jpg'));
  });
});

describe('a URL of imgix', () => {
  it('is ours, whatever the order of its parameters, and others beside them mean nothing', () => {
    const ours = native('/tr:h-20,w-300,c-at_max/a.jpg');

    expect(read({ type: 'IMGIX' }, '/a.jpg', 'w=300&h=20&fit=max&s=abc&ixlib=js-3')).toEqual(ours);
    expect(read({ type: 'IMGIX' }, '/a.jpg', 'fit=max&utm=1&h=20&w=300')).toEqual(ours);
  });

  it('may have a transformation of ours beside it', () => {
    expect(read({ type: 'IMGIX' }, '/a.jpg', 'w=300&tr=bl-3').steps).toEqual([['w-300'], ['bl-3']]);
  });

  it('tells what it has left out', () => {
    expect(read({ type: 'IMGIX' }, '/a.jpg', 'w=300&crop=entropy').dropped).toEqual(['crop=entropy']);
  });
});

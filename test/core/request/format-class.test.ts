import { describe, expect, it } from 'vitest';
import { readMediaUrl } from '../../../lambda/core/delivery/media-url.ts';
import { formatClass } from '../../../lambda/core/request/format-class.ts';

const photo = readMediaUrl('/a.jpg', '');

describe('the format class', () => {
  it.each([
    ['image/avif,image/webp,*/*', 'avif'],
    ['image/webp,*/*;q=0.8', 'webp'],
    ['IMAGE/WEBP', 'webp'],
    ['text/html, image/avif;q=0.5', 'avif'],
    ['image/avif;q=0,image/webp;q=0.9', 'webp'],
    ['image/avif; q=0.0', 'plain'],
    ['*/*', 'plain'],
    ['image/*', 'plain'],
    ['', 'plain'],
  ])('of Accept "%s" is %s', (accept, expected) => {
    expect(formatClass(photo, accept, false)).toBe(expected);
  });

  it('is plain when the URL fixes the format, whatever the client accepts', () => {
    expect(formatClass(readMediaUrl('/a.jpg', 'tr=f-png'), 'image/avif', false)).toBe('plain');
    expect(formatClass(readMediaUrl('/a.pdf', ''), 'image/avif', false)).toBe('plain');
  });
});

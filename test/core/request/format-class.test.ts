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
    ['image/avif;q=0.5,image/webp;q=0.9', 'webp'],
    ['image/avif;q=0.9,image/webp;q=0.5', 'avif'],
    ['image/webp, image/avif;q=1', 'avif'],
    ['image/avif ; q=0.8 , image/webp ; q=0.8', 'avif'],
    ['image/jpeg, image/webp;q=0.5, image/avif;q=0.4', 'plain'],
    ['image/jpeg;q=0.5, image/webp;q=0.5', 'webp'],
    ['image/jpeg;q=0, image/webp;q=0.001', 'webp'],
    ['image/avif;v=1;Q=0.2,image/webp;q=0.3', 'webp'],
    ['image/avif;q=0,image/webp;q=0', 'plain'],
    ['image/avif-sequence,ximage/webp', 'plain'],
  ])('of Accept "%s" is %s', (accept, expected) => {
    expect(formatClass(photo, accept, false)).toBe(expected);
  });

  it('of an endpoint without AVIF is that of the other formats', () => {
    expect(formatClass(photo, 'image/avif,image/webp;q=0.5', true)).toBe('webp');
    expect(formatClass(photo, 'image/avif', true)).toBe('plain');
  });

  it('is plain when the URL fixes the format, whatever the client accepts', () => {
    expect(formatClass(readMediaUrl('/a.jpg', 'tr=f-png'), 'image/avif', false)).toBe('plain');
    expect(formatClass(readMediaUrl('/a.pdf', ''), 'image/avif', false)).toBe('plain');
  });
});

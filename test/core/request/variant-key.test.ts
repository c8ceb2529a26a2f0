import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readMediaUrl } from '../../../lambda/core/delivery/media-url.ts';
import {
  assetPrefix,
  endpointOfKey,
  generationInKey,
  variantPath,
  withoutGeneration,
} from '../../../lambda/core/request/variant-key.ts';

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const pathOf = (path: string, query = ''): string =>
  variantPath(readMediaUrl(path, query), 'webp', 'open', 'default', '1', sha256Hex);

describe('a variant path', () => {
  it('has only characters that origin access control can sign, and starts with the prefix of its asset', () => {
    const path = pathOf('/caf%C3%A9/a b.jpg'.replace(' ', '%20'), 'tr=w-1,ie-%2F%2B');

    expect(path).toMatch(/^\/1\/[0-9a-f]{32}\/open\/default\/[0-9a-f]{32}\.webp$/);
    expect(path.startsWith(assetPrefix('/café/a b.jpg', '1', sha256Hex))).toBe(true);
  });

  it('differs by asset, by transformation, by other query items and by engine version', () => {
    const paths = [
      pathOf('/a.jpg', 'tr=w-1'),
      pathOf('/b.jpg', 'tr=w-1'),
      pathOf('/a.jpg', 'tr=w-2'),
      pathOf('/a.jpg', 'tr=w-1&v=1'),
      variantPath(readMediaUrl('/a.jpg', 'tr=w-1'), 'webp', 'open', 'default', '2', sha256Hex),
    ];

    expect(new Set(paths).size).toBe(paths.length);
  });

  it('is another one for each generation of a stale folder, below the same prefix', () => {
    const plain = pathOf('/a.jpg', 'tr=w-1');
    const renewed = variantPath(readMediaUrl('/a.jpg', 'tr=w-1'), 'webp', 'open', 'default', '1', sha256Hex, 'mf0x');

    expect(renewed).toBe(plain.replace('.webp', '-mmf0x.webp'));
    expect([generationInKey(renewed), generationInKey(plain)]).toEqual(['mf0x', '']);
    expect([withoutGeneration(renewed), withoutGeneration(plain)]).toEqual([plain, plain]);
  });

  it('says its endpoint', () => {
    expect(endpointOfKey(pathOf('/a.jpg').slice(1))).toBe('default');
    expect(endpointOfKey('')).toBe('');
  });

  it('says whether the client decided the format', () => {
    expect(pathOf('/a.jpg', 'tr=w-1')).toMatch(/\.webp$/);
    expect(pathOf('/a.jpg', 'tr=w-1,f-png')).toMatch(/\.fixed$/);
  });

  it('cannot be forged by moving text between transformation and query', () => {
    expect(pathOf('/a.jpg', 'tr=w-1%3Fv=1')).not.toBe(pathOf('/a.jpg', 'tr=w-1&v=1'));
  });
});

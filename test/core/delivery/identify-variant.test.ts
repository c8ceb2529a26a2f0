import { expect, test } from 'vitest';
import { ENGINE_VERSION } from '../../../lambda/contract/engine-version.ts';
import { FORMAT_CLASSES } from '../../../lambda/core/delivery/format-class.ts';
import { identifyVariant, sha256Hex } from '../../../lambda/core/delivery/identify-variant.ts';
import { readMediaUrl } from '../../../lambda/core/delivery/media-url.ts';
import { variantPath } from '../../../lambda/core/delivery/variant-key.ts';

const asked = { path: '/a/b.jpg', query: 'tr=w-300' };
const pathOf = (format: (typeof FORMAT_CLASSES)[number], of = asked) =>
  variantPath(readMediaUrl(of.path, of.query), format, 'default', ENGINE_VERSION, sha256Hex);

test.each(FORMAT_CLASSES)('the path tells that %s was negotiated', (format) => {
  expect(identifyVariant(pathOf(format), asked)).toMatchObject({ format, key: pathOf(format).slice(1) });
});

test('a format that the URL fixes has one path', () => {
  const fixed = { path: '/a/b.jpg', query: 'tr=f-png' };

  expect(identifyVariant(pathOf('avif', fixed), fixed).format).toBe('plain');
});

test.each([
  ['of another asset', pathOf('plain', { ...asked, path: '/a/c.jpg' })],
  ['of another transformation', pathOf('plain', { ...asked, query: 'tr=w-301' })],
  ['with other extra parameters', pathOf('plain', { ...asked, query: 'tr=w-300&v=2' })],
  ['in the signed space', pathOf('plain').replace('/open/', '/signed/')],
  ['of another format', pathOf('plain').replace('.plain', '.png')],
  ['without a meaning', '/a/b.jpg'],
])('a path %s is refused', (_, path) => {
  expect(() => identifyVariant(path, asked)).toThrow(expect.objectContaining({ code: 'key.mismatch' }));
});

import { expect, test } from 'vitest';
import { ENGINE_VERSION } from '../../../lambda/contract/engine-version.ts';
import { identifyVariant } from '../../../lambda/core/delivery/identify-variant.ts';
import { readMediaUrl } from '../../../lambda/core/delivery/media-url.ts';
import { sha256Hex } from '../../../lambda/core/kernel/sha256.ts';
import { applyHints } from '../../../lambda/core/request/client-hints.ts';
import { FORMAT_CLASSES } from '../../../lambda/core/request/format-class.ts';
import { variantPath } from '../../../lambda/core/request/variant-key.ts';

const NO_HINTS = { width: 0, dpr: 0, saveData: false };
const asked = { path: '/a/b.jpg', query: 'tr=w-300' };
const admitted = ({ path, query }: typeof asked) => ({
  url: readMediaUrl(path, query),
  access: 'open' as const,
  endpoint: 'default',
  settings: { paused: false },
});
const pathOf = (format: (typeof FORMAT_CLASSES)[number], of = asked) =>
  variantPath(readMediaUrl(of.path, of.query), format, 'open', 'default', ENGINE_VERSION, sha256Hex);

test.each(FORMAT_CLASSES)('the path tells that %s was negotiated', (format) => {
  expect(identifyVariant(pathOf(format), admitted(asked), NO_HINTS)).toMatchObject({
    format,
    key: pathOf(format).slice(1),
  });
});

test('a picture below a stale folder has the key that the edge gave it', () => {
  const path = pathOf('webp').replace('.webp', '-mmf0x.webp');

  expect(identifyVariant(path, admitted(asked), NO_HINTS)).toMatchObject({ format: 'webp', key: path.slice(1) });
});

test('a format that the URL fixes has one path', () => {
  const fixed = { path: '/a/b.jpg', query: 'tr=f-png' };

  expect(identifyVariant(pathOf('avif', fixed), admitted(fixed), NO_HINTS).format).toBe('plain');
});

test.each([
  ['of another asset', pathOf('plain', { ...asked, path: '/a/c.jpg' })],
  ['of another transformation', pathOf('plain', { ...asked, query: 'tr=w-301' })],
  ['with other extra parameters', pathOf('plain', { ...asked, query: 'tr=w-300&v=2' })],
  ['in the signed space', pathOf('plain').replace('/open/', '/signed/')],
  ['of another format', pathOf('plain').replace('.plain', '.png')],
  ['without a meaning', '/a/b.jpg'],
])('a path %s is refused', (_, path) => {
  expect(() => identifyVariant(path, admitted(asked), NO_HINTS)).toThrow(
    expect.objectContaining({ code: 'key.mismatch' }),
  );
});

test('what the client said about itself is part of the key, as the edge rounds it', () => {
  const auto = { path: '/a/b.jpg', query: 'tr=w-auto,dpr-auto' };
  const hints = { width: 400, dpr: 2, saveData: false };
  const path = variantPath(
    applyHints(readMediaUrl(auto.path, auto.query), hints, false),
    'webp',
    'open',
    'default',
    ENGINE_VERSION,
    sha256Hex,
  );

  expect(path).toMatch(/-dw\.webp$/);
  expect(identifyVariant(path, admitted(auto), hints).url.steps).toEqual([['w-400']]);
  expect(() => identifyVariant(path, admitted(auto), NO_HINTS)).toThrow(
    expect.objectContaining({ code: 'key.mismatch' }),
  );
});

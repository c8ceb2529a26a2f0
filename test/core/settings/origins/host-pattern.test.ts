import { expect, test } from 'vitest';
import { isHostPattern, matchesHost } from '../../../../lambda/core/settings/origins/host-pattern.ts';

test.each(['example.com', 'a-b.example.co.uk', '*.example.com', '*', 'xn--bcher-kva.example'])(
  '%s is a pattern',
  (text) => {
    expect(isHostPattern(text)).toBe(true);
  },
);

test.each([
  '',
  'localhost',
  '*.com*',
  '*.*.com',
  '**',
  'a.*.com',
  '.example.com',
  'example.com.',
  'example.com:80',
  'Example.com',
  'bücher.example',
  '127.0.0.1',
  '*.0.0.1',
  '[::1]',
  'a..b',
  '-a.example',
  `${'a.'.repeat(130)}com`,
])('"%s" is no pattern', (text) => {
  expect(isHostPattern(text)).toBe(false);
});

test('a name is itself, a star stands for one label or more, never for the name behind it', () => {
  const patterns = ['example.com', '*.cdn.example'];

  expect(['example.com', 'a.cdn.example', 'a.b.cdn.example'].every((host) => matchesHost(patterns, host))).toBe(true);
  for (const host of [
    'www.example.com',
    'cdn.example',
    '.cdn.example',
    'evilcdn.example',
    'example.com.',
    'a.cdn.example.evil',
  ]) {
    expect(matchesHost(patterns, host)).toBe(false);
  }
  expect(matchesHost(['*'], 'any.example')).toBe(true);
  expect(matchesHost([], 'any.example')).toBe(false);
});

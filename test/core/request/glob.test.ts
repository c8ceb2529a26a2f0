import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldPath, globMatches } from '../../../lambda/core/request/glob.ts';

/** What the pattern means, in the regular expressions that it is not made into. */
function asExpression(pattern: string): RegExp {
  const text = pattern
    .replace(/[.+^$()|]/g, '\\$&')
    .replace(/\/\*\*\//g, '')
    .replace(/\*\*/g, '')
    .replace(/\*/g, '[^/]*')
    .replace(/\?/g, '[^/]')
    .replace(//g, '/(?:.*/)?')
    .replace(//g, '.*');
  return new RegExp(`^${text}$`, 's');
}

describe('globMatches', () => {
  it.each([
    ['/a/b.jpg', '/a/b.jpg', true],
    ['/a/b.jpg', '/a/b.jpgx', false],
    ['/a/b.jpg', '/a/bxjpg', false],
    ['/a/*', '/a/b', true],
    ['/a/*', '/a/', true],
    ['/a/*', '/a/b/c', false],
    ['/a/**', '/a/b/c', true],
    ['/a/**', '/ab', false],
    ['/**', '/', true],
    ['/**/secret.jpg', '/secret.jpg', true],
    ['/**/secret.jpg', '/a/b/secret.jpg', true],
    ['/**/secret.jpg', '/a/notsecret.jpg', false],
    ['/a/**/b/*.png', '/a/x/y/b/z.png', true],
    ['/a?c', '/abc', true],
    ['/a?c', '/a/c', false],
    ['/a**z', '/a/b/z', true],
    ['/*a*b*c', '/xaybzc', true],
    ['/*.jpg', '/a.jpg/b', false],
    ['', '', true],
    ['', '/', false],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(globMatches(pattern, text)).toBe(expected);
  });

  it('means what the same pattern means as a regular expression', () => {
    const piece = fc.constantFrom('a', 'b', '/', '.', '?', '*', '**', '/**/', 'é');
    const patterns = fc.array(piece, { maxLength: 9 }).map((parts) => `/${parts.join('')}`.replace(/\*{3,}/g, '**'));
    const texts = fc
      .array(fc.constantFrom('a', 'b', '/', '.', 'é'), { maxLength: 12 })
      .map((parts) => `/${parts.join('')}`);

    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        expect(globMatches(pattern, text)).toBe(asExpression(pattern).test(text));
      }),
      { numRuns: 5000 },
    );
  });

  it.each(['**a*b', '*a*a*a*a*a*a*a*b', '/**/a/**/a/**/b', `${'?'.repeat(60)}**${'a'.repeat(60)}b`])(
    'takes no longer than text times pattern for %s',
    (pattern) => {
      const time = (length: number) => {
        const started = process.cpuUsage();
        expect(globMatches(`/${pattern}`, `/${'a'.repeat(length)}`)).toBe(false);
        const { user, system } = process.cpuUsage(started);
        return (user + system) / 1000;
      };

      time(8_000);

      // 80,000 characters by at most 128 places: ten times the longest URL. What tries again needs minutes for it.
      expect(time(80_000)).toBeLessThan(1_000);
    },
  );
});

it('folds case, and dots and blanks at the ends of segments', () => {
  expect(foldPath('/A/B. ./c.JPG...')).toBe('/a/b/c.jpg');
  expect(foldPath(`/${'.'.repeat(100_000)}a`)).toHaveLength(100_002);
});

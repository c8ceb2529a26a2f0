import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../lambda/core/kernel/sha256.ts';
import { isFromCdn } from '../../../lambda/core/request/edge-rules.ts';

const HASHES = ['new', 'old'].map(sha256Hex).join(',');

describe('a request comes from the CDN in front', () => {
  it('with either of two secrets', () => {
    for (const secret of ['new', 'old']) expect(isFromCdn(HASHES, sha256Hex(secret), '192.0.2.7')).toBe(true);
  });

  it.each([
    '',
    'x',
    sha256Hex('newer'),
    HASHES,
    sha256Hex(''),
    sha256Hex('new').slice(1),
    sha256Hex('new').toUpperCase(),
  ])('not with the hash "%s"', (hash) => {
    expect(isFromCdn(HASHES, hash, '192.0.2.7')).toBe(false);
  });

  it('never while no secret is known', () => {
    expect(isFromCdn('', '', '192.0.2.7')).toBe(false);
    expect(isFromCdn('', sha256Hex(''), '192.0.2.7')).toBe(false);
  });

  it.each(['2001:db8::1', '::1', '2001:DB8:0:0:0:0:0:1', '255.255.255.255', '::ffff:192.0.2.1'])(
    'with the address %s',
    (one) => {
      expect(isFromCdn(HASHES, sha256Hex('new'), one)).toBe(true);
    },
  );

  it.each(['', 'unknown', '192.0.2.7, 10.0.0.1', '12345', 'fe80::1%0', '[::1]', '192.0.2.7\r\nx: y'])(
    'not with the address "%s"',
    (one) => {
      expect(isFromCdn(HASHES, sha256Hex('new'), one)).toBe(false);
    },
  );
});

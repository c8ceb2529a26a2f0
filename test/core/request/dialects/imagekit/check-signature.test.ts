import { describe, expect, it } from 'vitest';
import { checkSignature } from '../../../../../lambda/core/request/dialects/imagekit/check-signature.ts';
import type { EdgeKey } from '../../../../../lambda/core/request/signature-check.ts';
import { asReceived, edgeKey, hmacSha1, SIGNED_URLS, secondOf } from '../../signed-urls.ts';

const KEYS = [edgeKey('previous-key', 'previous'), edgeKey('dummy-key', 'dummy')];
const NOW = 1_700_000_000;
const PATH = '/default-image.jpg';

function check(path: string, query: string, keys: readonly EdgeKey[] = KEYS, now = NOW, prefix = '') {
  return checkSignature(path, query, prefix, keys, now, hmacSha1);
}

function signed(text: string, expiry = '9999999999', key = 'dummy-key'): string {
  const items = [...(expiry === '9999999999' ? [] : [`ik-t=${expiry}`]), `ik-s=${hmacSha1(key, text + expiry)}`];
  return items.join('&');
}

describe('URLs of the official SDKs', () => {
  it.each(SIGNED_URLS.good)('$id is valid', (vector) => {
    const { path, query, prefix } = asReceived(vector);
    const { verdict, key } = check(path, query, KEYS, secondOf(vector), prefix);

    expect({ verdict, key }).toEqual({ verdict: 'valid', key: 'dummy' });
  });

  it.each(SIGNED_URLS.bad)('$id is refused', (vector) => {
    const { path, query, prefix } = asReceived(vector);

    expect(check(path, query, KEYS, secondOf(vector), prefix).verdict).toBe('wrong');
  });
});

describe('a signature', () => {
  const query = `tr=w-300&v=1&${signed('default-image.jpg?tr=w-300&v=1', '1700000300')}`;

  it('holds up to the second of its expiry and not one longer (SIG-022)', () => {
    expect(check(PATH, query, KEYS, 1_700_000_300)).toEqual({ verdict: 'valid', key: 'dummy' });
    expect(check(PATH, query, KEYS, 1_700_000_301).verdict).toBe('expired');
  });

  it('is refused with any bit changed (SIG-002)', () => {
    const signature = /ik-s=(.*)$/.exec(query)?.[1] ?? '';
    for (let bit = 0; bit < signature.length * 7; bit++) {
      const bytes = Buffer.from(signature);
      bytes[bit % bytes.length] = (bytes[bit % bytes.length] ?? 0) ^ (1 << Math.floor(bit / bytes.length));
      expect(check(PATH, query.replace(signature, bytes.toString())).verdict).not.toBe('valid');
    }
  });

  it('is refused truncated, longer, in capitals or empty (SIG-019)', () => {
    const signature = /ik-s=(.*)$/.exec(query)?.[1] ?? '';
    const others = [signature.slice(0, 39), signature.slice(0, 8), '', `${signature}0`, signature.toUpperCase()];
    for (const other of others) expect(check(PATH, query.replace(signature, other)).verdict).toBe('wrong');
  });

  it('does not carry over to another path, transformation, query, order or spelling (SIG-009, SIG-010, SIG-014)', () => {
    const moved = [
      ['/other.jpg', query],
      ['/tr:w-300/default-image.jpg', query.replace('tr=w-300&', '')],
      [PATH, query.replace('w-300', 'w-301')],
      [PATH, query.replace('tr=w-300&v=1', 'v=1&tr=w-300')],
      [PATH, query.replace('tr=w-300&', '')],
      [PATH, query.replace('v=1', 'v=%31')],
      [PATH, query.replace('w-300', 'w%2D300')],
      [PATH, `utm=1&${query}`],
      [PATH, query.replace('tr=', 'tr=w-1&tr=')],
      ['/default%2Dimage.jpg', query],
      ['//default-image.jpg', query],
    ] as const;
    for (const [path, changed] of moved) expect([path, changed, check(path, changed).verdict]).toContain('wrong');
  });

  it('may be given once, and once only (SIG-004, SIG-007)', () => {
    expect(check(PATH, `${query}&${query.split('&').at(-1)}`).verdict).toBe('wrong');
    expect(check(PATH, `ik-t=1700000300&${query}`).verdict).toBe('wrong');
    expect(check(PATH, 'ik-t=1700000300').verdict).toBe('wrong');
    expect(check(PATH, 'ik-s').verdict).toBe('wrong');
    expect(check(`/ik-s=${'a'.repeat(40)}${PATH}`, '').verdict).toBe('unsigned');
  });

  it('has an expiry of exactly ten digits (SIG-024)', () => {
    const expiries = ['1e10', '-1', '0', '0x7fffffff', '9007199254740993', '%201700000000', '1.5', '+170000000', ''];
    for (const expiry of expiries) {
      const text = `ik-t=${expiry}&ik-s=${hmacSha1('dummy-key', `default-image.jpg${expiry}`)}`;
      expect(check(PATH, text).verdict).toBe('wrong');
    }
  });

  it('cannot gain time from a digit at the end of its URL', () => {
    const short = `v=123&${signed('default-image.jpg?v=123', '1700000300')}`;

    expect(check(PATH, short).verdict).toBe('valid');
    expect(check(PATH, short.replace('v=123&ik-t=', 'v=12&ik-t=3')).verdict).toBe('wrong');
    expect(check(PATH, short.replace('v=123&ik-t=1', 'v=1231&ik-t=')).verdict).toBe('wrong');
  });

  it('counts only while its key does, and with no key not at all', () => {
    const unending = signed('default-image.jpg');
    const during = (start: number, end: number) => check(PATH, unending, [edgeKey('dummy-key', 'k', start, end)]);

    expect(during(NOW, NOW + 1).verdict).toBe('valid');
    expect(during(NOW + 1, 0).verdict).toBe('wrong');
    expect(during(0, NOW).verdict).toBe('wrong');
    expect(check(PATH, unending, []).verdict).toBe('wrong');
    expect(check(PATH, signed('default-image.jpg', '9999999999', 'x'), [edgeKey('')]).verdict).toBe('wrong');
  });

  it('is not asked of a URL without one', () => {
    expect(check(PATH, 'tr=w-300', []).verdict).toBe('unsigned');
  });
});

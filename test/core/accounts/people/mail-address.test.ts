import { describe, expect, it } from 'vitest';
import { isAllowedDomain, mailDigest, parseMailAddress } from '../../../../lambda/core/accounts/people/mail-address.ts';

describe('a mail address', () => {
  it('has one spelling, whoever writes it how', () => {
    for (const text of ['Jo.Doe+x@Example.COM', ' jo.doe+x@example.com ']) {
      expect(parseMailAddress(text)).toBe('jo.doe+x@example.com');
    }
    expect(parseMailAddress('jo@bücher.example')).toBe('jo@xn--bcher-kva.example');
  });

  it.each([
    ...['', 'jo', 'jo@', '@example.com', 'jo@example', 'jo@@example.com', 'a b@example.com', 'jo@example.com.'],
    ...['.jo@example.com', 'jo..doe@example.com', '"jo"@example.com', 'jo@[192.0.2.1]', 'jo@exa_mple.com'],
    ...['jo@example.com\nbcc: x@example.com', 'jö@example.com', 'jo@localhost', `${'x'.repeat(65)}@example.com`],
    `jo@${'x'.repeat(63)}.${'y'.repeat(63)}.${'z'.repeat(63)}.${'w'.repeat(63)}.example`,
  ])('that is none is refused: %j', (text) => {
    expect(() => parseMailAddress(text)).toThrow('jo@example.com');
  });

  it('is allowed by its whole domain and by no end of it', () => {
    const allowed = (mail: string) => isAllowedDomain(mail, ['example.com']);

    expect([allowed('jo@example.com'), allowed('jo@sub.example.com'), allowed('jo@evilexample.com')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(isAllowedDomain('jo@anywhere.example', [])).toBe(true);
  });

  it('has a digest that depends on the pepper', () => {
    const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

    expect(mailDigest(one, 'jo@example.com')).toMatch(/^[0-9a-f]{64}$/);
    expect(mailDigest(one, 'jo@example.com')).not.toBe(mailDigest(other, 'jo@example.com'));
  });
});

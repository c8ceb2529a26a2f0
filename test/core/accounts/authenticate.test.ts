import { expect, test } from 'vitest';
import { authenticate } from '../../../lambda/core/accounts/authenticate.ts';
import { OWNER } from '../kernel/callers.ts';

const CREDENTIALS = { publicKey: 'public_abc', privateKey: 'private_0123456789' };
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const outcome = (header: string | null) => {
  try {
    return authenticate(header, CREDENTIALS);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test.each([
  ['an empty password', 'private_0123456789:'],
  ['the password that SDKs fill in', 'private_0123456789:do_not_set'],
  ['a password with colons', 'private_0123456789:a:b'],
  ['no colon at all', 'private_0123456789'],
])('accepts the private key with %s', (_, text) => {
  expect(outcome(basic(text))).toEqual(OWNER);
});

test.each([
  ['no header', null],
  ['another scheme', 'Bearer private_0123456789'],
  ['an empty user name', basic(':private_0123456789')],
  ['an empty value', 'Basic '],
])('reports a missing key for %s', (_, header) => {
  expect(outcome(header)).toBe('key.missing');
});

test.each(['private_012345678', 'private_01234567890', 'public_abc', 'PRIVATE_0123456789', '__proto__'])(
  'reports an unknown key for %s',
  (key) => {
    expect(outcome(basic(`${key}:`))).toBe('key.unknown');
  },
);

test('takes the scheme in any case', () => {
  expect(outcome(basic('private_0123456789:').replace('Basic', 'bAsIc'))).toEqual(OWNER);
});

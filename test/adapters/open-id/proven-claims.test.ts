import { describe, expect, it } from 'vitest';
import { listIn, provenBy } from '../../../lambda/adapters/open-id/proven-claims.ts';

const CLAIMS = { sub: 'one', email: 'jo@example.com', email_verified: true, auth_time: 1_700_000_000 };
const STAFF = { identities: [{ providerName: 'staff', userId: 'u1' }], 'custom:groups': '[a, b]' };

const proven = (claims: object) => provenBy('pool', { ...CLAIMS, ...claims });

describe('the claims of an ID token', () => {
  it('name the directory and its groups, and never groups without a directory', () => {
    expect(proven(STAFF)?.directory).toEqual({ name: 'staff', groups: ['a', 'b'] });
    expect(proven({ 'custom:groups': '["owners"]' })).not.toHaveProperty('directory');
  });

  it.each([
    ['two directories', { identities: [{ providerName: 'staff' }, { providerName: 'agency' }] }],
    ['a directory without a name', { identities: [{}] }],
    ['none in the list', { identities: [] }],
    ['a text for the list', { identities: '[{"providerName":"staff"}]' }],
    ['no subject', { sub: undefined }],
    ['a subject that is a list', { sub: ['one'] }],
    ['no moment', { auth_time: undefined }],
  ])('prove nothing with %s', (_, claims) => {
    expect(proven(claims)).toBeUndefined();
  });

  it.each([
    ['true as a text', { email_verified: 'true' }],
    ['nothing', { email_verified: undefined }],
  ])('do not verify an address by %s', (_, claims) => {
    expect(proven(claims)?.isMailVerified).toBe(false);
  });

  it.each([
    ['the pool’s own account with a code', { amr: ['pwd', 'otp', 'mfa'] }, true],
    ['the pool’s own account with a passkey', { amr: ['hwk'] }, true],
    ['the pool’s own account with a password alone', { amr: ['pwd'] }, false],
    ['the pool’s own account, of which nothing is said', {}, undefined],
    ['a directory that says it', { ...STAFF, 'custom:methods': '["pwd","mfa"]' }, true],
    [
      'a directory that says it as Microsoft does',
      { ...STAFF, 'custom:methods': '[a, http://schemas.microsoft.com/claims/multipleauthn]' },
      true,
    ],
    ['a directory that says nothing', STAFF, false],
    ['a directory, by what the pool says of itself', { ...STAFF, amr: ['mfa'] }, false],
  ])('tell of a second factor: %s', (_, claims, expected) => {
    expect(proven(claims)?.hasSecondFactor).toBe(expected);
  });
});

it.each([
  ['', []],
  ['one', ['one']],
  ['[one]', ['one']],
  ['[one, two]', ['one', 'two']],
  ['["one, two"]', ['one, two']],
  ['[]', []],
  ['[1, 2]', ['1', '2']],
  [['one', 2], ['one']],
  [undefined, []],
])('a list is read from %j', (value, expected) => {
  expect(listIn(value)).toEqual(expected);
});

import { expect, test } from 'vitest';
import { authenticate } from '../../../lambda/core/accounts/authenticate.ts';
import { keyText } from '../../../lambda/core/accounts/restricted-keys/key-text.ts';
import type { RestrictedKey } from '../../../lambda/core/accounts/restricted-keys/restricted-key.ts';
import { sha256Hex } from '../../../lambda/core/kernel/sha256.ts';
import { OWNER } from '../kernel/callers.ts';

const CREDENTIALS = { publicKey: 'public_abc', privateKey: 'private_0123456789' };
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const RESTRICTED = keyText(Buffer.alloc(32, 7));
const KEY: RestrictedKey = {
  id: 'k1',
  name: 'n',
  start: 's',
  rights: { permissions: ['files.read'] },
  createdAt: '2026-01-01T00:00:00.000Z',
};

/** Uses that were noted. */
const noted: unknown[][] = [];

const outcome = (header: string | null, key: RestrictedKey = KEY, address?: string) =>
  authenticate(header, {
    credentials: async () => CREDENTIALS,
    findKey: async (digest) => (digest === sha256Hex(RESTRICTED) ? key : undefined),
    clock: () => Date.parse('2026-06-01T00:00:00Z'),
    address,
    noteKeyUse: async (...use) => void noted.push(use),
  }).catch(({ code }: { code: string }) => code);

test.each([
  ['an empty password', 'private_0123456789:'],
  ['the password that SDKs fill in', 'private_0123456789:do_not_set'],
  ['a password with colons', 'private_0123456789:a:b'],
  ['no colon at all', 'private_0123456789'],
])('accepts the private key with %s', async (_, text) => {
  expect(await outcome(basic(text))).toEqual(OWNER);
});

test.each([
  ['no header', null],
  ['another scheme', 'Bearer private_0123456789'],
  ['an empty user name', basic(':private_0123456789')],
  ['an empty value', 'Basic '],
])('reports a missing key for %s', async (_, header) => {
  expect(await outcome(header)).toBe('key.missing');
});

test.each(['private_012345678', 'private_01234567890', 'public_abc', 'PRIVATE_0123456789', '__proto__'])(
  'reports an unknown key for %s',
  async (key) => {
    expect(await outcome(basic(`${key}:`))).toBe('key.unknown');
  },
);

test('takes the scheme in any case', async () => {
  expect(await outcome(basic('private_0123456789:').replace('Basic', 'bAsIc'))).toEqual(OWNER);
});

test('a restricted key is its own caller, with its own rights', async () => {
  expect(await outcome(basic(`${RESTRICTED}:`))).toEqual({ kind: 'restricted-key', id: 'k1', grants: [KEY.rights] });
  expect(await outcome(basic(`${RESTRICTED}:`), { ...KEY, endsAt: '2026-06-01T00:00:00.001Z' })).toMatchObject({
    id: 'k1',
  });
});

test.each([
  ['has ended', RESTRICTED, { ...KEY, endsAt: '2026-06-01T00:00:00.000Z' }],
  ['is nobody’s', keyText(Buffer.alloc(32, 8)), KEY],
  ['is mistyped', RESTRICTED.replace(/.$/, '0'), KEY],
])('a restricted key that %s is unknown', async (_, text, key) => {
  expect(await outcome(basic(`${text}:`), key)).toBe('key.unknown');
});

test('the day of its last use is noted once', async () => {
  noted.length = 0;
  await outcome(basic(`${RESTRICTED}:`), { ...KEY, lastUsedOn: '2026-05-31' });
  await outcome(basic(`${RESTRICTED}:`), { ...KEY, lastUsedOn: '2026-06-01' });
  await outcome(basic(`${RESTRICTED}:`), { ...KEY, endsAt: '2026-06-01T00:00:00.000Z' });

  expect(noted).toEqual([['k1', sha256Hex(RESTRICTED), '2026-06-01']]);
});

test('a key that is bound to addresses is refused from others, and where nobody knows the address', async () => {
  const bound = { ...KEY, addresses: ['192.0.2.0/24', '2001:db8::/32'] };
  const from = (address?: string) => outcome(basic(`${RESTRICTED}:`), bound, address);

  expect(await from('192.0.2.77')).toMatchObject({ id: 'k1', addresses: bound.addresses });
  expect(await from('2001:db8:1::1')).toMatchObject({ id: 'k1' });
  for (const other of ['192.0.3.1', '2001:db9::1', '', 'localhost', undefined]) {
    expect(await from(other)).toBe('permission.missing');
  }
});

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

const outcome = (header: string | null, key: RestrictedKey = KEY) =>
  authenticate(header, {
    credentials: async () => CREDENTIALS,
    findKey: async (digest) => (digest === sha256Hex(RESTRICTED) ? key : undefined),
    clock: () => Date.parse('2026-06-01T00:00:00Z'),
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

import { beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import { signingKeysSource } from '../../../../lambda/core/protection/published/signing-keys-source.ts';
import type { ManageSigningKeysDeps } from '../../../../lambda/core/settings/signing-keys/manage-signing-keys.ts';
import {
  createSigningKey,
  endSigningKey,
  listSigningKeys,
} from '../../../../lambda/core/settings/signing-keys/manage-signing-keys.ts';
import type { SigningKey } from '../../../../lambda/core/settings/signing-keys/signing-keys.ts';

const START = Date.parse('2026-11-25T12:00:00Z');
const iso = (seconds: number) => new Date(START + seconds * 1000).toISOString();

let now: number;
let keys: readonly SigningKey[];
let made: number;

const read = async () => ({ publicKey: 'public', privateKey: 'private-key', signingKeys: keys });
const deps: ManageSigningKeysDeps = {
  signingSecrets: {
    read,
    replaceKeys: async (next) => {
      keys = next;
    },
  },
  keyUses: { list: async () => new Map([['private', iso(-60)]]) },
  clock: () => now,
  keyId: () => `id${++made}`,
  newKey: () => `key${made}`,
};
const published = async () => {
  const entries = await signingKeysSource({ signingSecret: read, clock: () => now }).entries();
  return JSON.parse(entries.get('keys') ?? '');
};

beforeEach(() => {
  now = START;
  keys = [];
  made = 0;
});

describe('a signing key', () => {
  it('is shown once, listed without itself, and signs beside the private key', async () => {
    const { id, key } = await createSigningKey(deps, {});

    expect([id, key]).toEqual(['id1', 'key1']);
    expect(await listSigningKeys(deps)).toEqual([
      { id: 'private', state: 'active', lastUsedAt: iso(-60) },
      { id: 'id1', state: 'active', createdAt: iso(0) },
    ]);
    expect(await published()).toEqual([
      { i: 'private', k: 'private-key', s: 0, e: 0 },
      { i: 'id1', k: 'key1', s: 0, e: 0 },
    ]);
  });

  it('begins and ends at its times (SIG-029)', async () => {
    await createSigningKey(deps, { startsAt: iso(60), endsAt: iso(120) });
    const states = [];
    for (const seconds of [0, 60, 119, 120]) {
      now = START + seconds * 1000;
      states.push((await listSigningKeys(deps))[1]?.state);
    }

    expect(states).toEqual(['pending', 'active', 'active', 'ended']);
    expect(await published()).toHaveLength(1);
    now = START;
    expect((await published())[1]).toMatchObject({ s: START / 1000 + 60, e: START / 1000 + 120 });
  });

  it('can be ended at once', async () => {
    const { id } = await createSigningKey(deps, {});

    await endSigningKey(deps, id);

    expect(await published()).toHaveLength(1);
    await expect(endSigningKey(deps, id)).rejects.toMatchObject({ code: 'signing-key.not-found' });
    await expect(endSigningKey(deps, 'private')).rejects.toMatchObject({ code: 'signing-key.not-found' });
  });

  it('is refused when there are too many; all of them fit into one value of the edge', async () => {
    for (let count = 0; count < LIMITS.signingKeys; count++) {
      await createSigningKey(
        { ...deps, newKey: () => 'k'.repeat(40), keyId: () => `0000000${count}` },
        { endsAt: iso(9) },
      );
    }

    await expect(createSigningKey(deps, {})).rejects.toMatchObject({ code: 'signing-key.limit' });
    const entries = await signingKeysSource({
      signingSecret: async () => ({ privateKey: 'p'.repeat(40), signingKeys: keys }),
      clock: () => now,
    }).entries();
    expect((entries.get('keys') ?? '').length).toBeLessThanOrEqual(1024);
    now += 9000;
    expect((await createSigningKey(deps, {})).id).toBe('id1');
  });

  it.each([
    [[]],
    [null],
    [{ start: iso(0) }],
    [{ startsAt: 'tomorrow' }],
    [{ endsAt: iso(-1) }],
    [{ startsAt: iso(60), endsAt: iso(60) }],
    [{ endsAt: '2026-13-25T12:00:00Z' }],
  ])('is refused with %j', async (input) => {
    await expect(createSigningKey(deps, input)).rejects.toMatchObject({ code: 'signing-key.invalid' });
  });
});

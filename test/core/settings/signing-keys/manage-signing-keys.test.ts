import { beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../lambda/contract/limits.ts';
import type { AuditEvent } from '../../../../lambda/core/audit/event.ts';
import { signingKeysSource } from '../../../../lambda/core/protection/published/signing-keys-source.ts';
import type { ManageSigningKeysDeps } from '../../../../lambda/core/settings/signing-keys/manage-signing-keys.ts';
import {
  createSigningKey,
  endSigningKey,
  listSigningKeys,
} from '../../../../lambda/core/settings/signing-keys/manage-signing-keys.ts';
import type { SigningKey } from '../../../../lambda/core/settings/signing-keys/signing-keys.ts';
import { makeEvent } from '../../audit/told-events.ts';
import { OWNER } from '../../kernel/callers.ts';

const START = Date.parse('2026-11-25T12:00:00Z');
const iso = (seconds: number) => new Date(START + seconds * 1000).toISOString();

let now: number;
let keys: readonly SigningKey[];
let made: number;
let told: AuditEvent[];

const read = async () => ({ publicKey: 'public', privateKey: 'private-key', signingKeys: keys });
const deps: ManageSigningKeysDeps = {
  signingSecrets: {
    read,
    commit: async (next, event) => {
      keys = next;
      told.push(event);
    },
  },
  keyUses: { list: async () => new Map([['private', iso(-60)]]) },
  clock: () => now,
  keyId: () => `id${++made}`,
  newKey: () => `key${made}`,
  makeEvent,
};
const published = async () => {
  const entries = await signingKeysSource({ signingSecret: read, clock: () => now }).entries();
  return JSON.parse(entries.get('keys') ?? '');
};

beforeEach(() => {
  now = START;
  keys = [];
  made = 0;
  told = [];
});

describe('a signing key', () => {
  it('is shown once, listed without itself, and signs beside the private key', async () => {
    const { id, key } = await createSigningKey(deps, OWNER, {});

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
    await createSigningKey(deps, OWNER, { startsAt: iso(60), endsAt: iso(120) });
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
    const { id } = await createSigningKey(deps, OWNER, {});

    await endSigningKey(deps, OWNER, id);

    expect(await published()).toHaveLength(1);
    await expect(endSigningKey(deps, OWNER, id)).rejects.toMatchObject({ code: 'signing-key.not-found' });
    await expect(endSigningKey(deps, OWNER, 'private')).rejects.toMatchObject({ code: 'signing-key.not-found' });
  });

  it('is told when it is made and when it is ended, never itself', async () => {
    const { id } = await createSigningKey(deps, OWNER, { endsAt: iso(60) });
    await endSigningKey(deps, OWNER, id);
    await expect(endSigningKey(deps, OWNER, id)).rejects.toThrow();

    const of = { caller: { kind: 'private-key', id: 'private-key' }, object: { kind: 'signing-key', id } };
    expect(told).toMatchObject([
      { ...of, action: 'signing-key.created', after: { id, createdAt: iso(0), endsAt: iso(60) } },
      { ...of, action: 'signing-key.ended' },
    ]);
    expect(JSON.stringify(told)).not.toContain('key1');
  });

  it('is refused when there are too many; all of them fit into one value of the edge', async () => {
    for (let count = 0; count < LIMITS.signingKeys; count++) {
      await createSigningKey({ ...deps, newKey: () => 'k'.repeat(40), keyId: () => `0000000${count}` }, OWNER, {
        endsAt: iso(9),
      });
    }

    await expect(createSigningKey(deps, OWNER, {})).rejects.toMatchObject({ code: 'signing-key.limit' });
    const entries = await signingKeysSource({
      signingSecret: async () => ({ privateKey: 'p'.repeat(40), signingKeys: keys }),
      clock: () => now,
    }).entries();
    expect((entries.get('keys') ?? '').length).toBeLessThanOrEqual(1024);
    now += 9000;
    expect((await createSigningKey(deps, OWNER, {})).id).toBe('id1');
  });

  it.each([[{ endsAt: iso(-1) }], [{ startsAt: iso(60), endsAt: iso(60) }]])('is refused with %j', async (input) => {
    await expect(createSigningKey(deps, OWNER, input)).rejects.toMatchObject({ code: 'signing-key.invalid' });
    expect([keys, told]).toEqual([[], []]);
  });
});

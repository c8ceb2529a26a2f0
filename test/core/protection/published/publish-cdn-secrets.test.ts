import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../../lambda/core/kernel/sha256.ts';
import type { SettingsStore } from '../../../../lambda/core/protection/published/edge-settings.ts';
import { publishCdnSecrets } from '../../../../lambda/core/protection/published/publish-cdn-secrets.ts';

/** A store in memory, in which others win the first changes. */
function storeOf(entries: Record<string, string>, conflicts = 0) {
  const held = new Map(Object.entries(entries));
  let [version, left, changes] = [0, conflicts, 0];
  const store: SettingsStore = {
    id: async () => 'store',
    read: async () => ({ entries: new Map(held), version: String(version) }),
    change: async ({ puts, deletes }, from) => {
      if (left-- > 0) version += 1;
      if (from !== String(version)) return undefined;
      for (const [key, value] of puts) held.set(key, value);
      for (const key of deletes) held.delete(key);
      changes += 1;
      return String(++version);
    },
  };
  return { store, held, changes: () => changes };
}

describe('the secrets of the CDN in front', () => {
  it('are known to the edge by their hashes, and nothing else changes', async () => {
    const { store, held } = storeOf({ keys: '[]' }, 2);
    await publishCdnSecrets(store, ['one', 'two']);

    expect(Object.fromEntries(held)).toEqual({ keys: '[]', 'cdn-secrets': `${sha256Hex('one')},${sha256Hex('two')}` });
    expect(JSON.stringify([...held])).not.toContain('one');
  });

  it('are not written again, and go with the configuration', async () => {
    const { store, held, changes } = storeOf({ 'cdn-secrets': sha256Hex('one') });
    await publishCdnSecrets(store, ['one']);
    expect(changes()).toBe(0);

    await publishCdnSecrets(store, []);
    expect([...held]).toEqual([]);
  });

  it('end in an error when others never stop', async () => {
    await expect(publishCdnSecrets(storeOf({}, 99).store, ['one'])).rejects.toThrow('too many callers');
  });
});

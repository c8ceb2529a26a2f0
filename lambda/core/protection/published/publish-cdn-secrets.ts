import { CDN_SECRETS_KEY } from '../../../contract/cdn-in-front.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import type { SettingsStore } from './edge-settings.ts';

/** Tries of a store that others change at the same time. */
const ROUNDS = 5;

/**
 * Tells the edge by which secrets it knows another CDN; the store has their hashes only. Without any the entry goes.
 * @throws when the store keeps being changed
 */
export async function publishCdnSecrets(store: SettingsStore, secrets: readonly string[]): Promise<void> {
  const wanted = secrets.length > 0 ? secrets.map(sha256Hex).join(',') : undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const { entries, version } = await store.read();
    if (entries.get(CDN_SECRETS_KEY) === wanted) return;
    const puts = new Map(wanted === undefined ? [] : [[CDN_SECRETS_KEY, wanted]]);
    const deletes = wanted === undefined ? [CDN_SECRETS_KEY] : [];
    if ((await store.change({ puts, deletes }, version)) !== undefined) return;
  }
  throw new Error('The settings of the edge are being changed by too many callers at once.');
}

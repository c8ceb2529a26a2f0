import { SIGNING_KEYS_KEY } from '../../contract/edge.ts';
import type { SettingsView } from '../../core/delivery/admit-url.ts';
import type { EdgeSource } from '../../core/protection/published/edge-settings.ts';
import { SETTINGS_MEMORY } from '../../core/settings/settings-memory.ts';
import { cached } from '../cached.lean.ts';

/** Reads the edge's settings from their sources. Signing keys are read only when a URL has a signature. */
export function edgeSettingsView(sources: { readonly endpoints: EdgeSource; readonly keys: EdgeSource }): SettingsView {
  const remember = () => ({
    endpoints: cached(() => sources.endpoints.entries(), SETTINGS_MEMORY),
    keys: cached(() => sources.keys.entries(), SETTINGS_MEMORY),
  });
  let known = remember();
  return {
    read: async (key) => (await (key === SIGNING_KEYS_KEY ? known.keys() : known.endpoints())).get(key),
    invalidate: () => {
      known = remember();
    },
  };
}

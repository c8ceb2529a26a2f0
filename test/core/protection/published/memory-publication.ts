import type { EdgeSource, SettingsStore } from '../../../../lambda/core/protection/published/edge-settings.ts';
import type {
  Publication,
  PublicationRecord,
} from '../../../../lambda/core/protection/published/publication-record.ts';

export const sourceOf = (entries: Record<string, string>): EdgeSource => ({
  entries: async () => new Map(Object.entries(entries)),
});

/** Keeps settings in memory; `meanwhile` runs before each change, as another caller would. */
export function storeOf(
  entries: Record<string, string>,
  meanwhile: (held: Map<string, string>) => boolean = () => false,
) {
  const held = new Map(Object.entries(entries));
  const calls = { reads: 0, changes: 0 };
  let id = 'store-1';
  let version = 1;
  const store: SettingsStore = {
    id: async () => id,
    read: async () => {
      calls.reads++;
      return { entries: new Map(held), version: String(version) };
    },
    change: async ({ puts, deletes }, expected) => {
      calls.changes++;
      if (meanwhile(held)) version++;
      if (String(version) !== expected) return undefined;
      for (const [key, value] of puts) held.set(key, value);
      for (const key of deletes) held.delete(key);
      return String(++version);
    },
  };
  return {
    store,
    calls,
    held: () => Object.fromEntries(held),
    /** Another store takes its place, empty. */
    replace: () => {
      id = 'store-2';
      held.clear();
      version++;
    },
  };
}

/** The record in memory. */
export function recordInMemory(): PublicationRecord & { forget(): void } {
  let publisher: string | undefined;
  let last: Publication | undefined;
  return {
    read: async () => last,
    begin: async (token) => {
      publisher = token;
      last = undefined;
    },
    finish: async (token, publication) => {
      if (publisher !== token) return false;
      last = publication;
      return true;
    },
    forget: () => {
      last = undefined;
    },
  };
}

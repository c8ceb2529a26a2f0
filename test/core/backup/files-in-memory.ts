import type { WritableBackupFiles } from '../../../lambda/core/backup/backup-files.ts';

/** Files of a backup that a test can look at. */
export function filesInMemory() {
  const files = new Map<string, string>();
  const keys = () => [...files.keys()].sort();
  const stored: WritableBackupFiles = {
    read: async (key) => files.get(key),
    async *list(prefix, after = '') {
      yield* keys().filter((key) => key.startsWith(prefix) && key > after);
    },
    write: async (key, text) => void files.set(key, text),
    create: async (key, text) => void (files.has(key) || files.set(key, text)),
    remove: async (key) => void files.delete(key),
  };
  const text = (key: string) => files.get(key) ?? '';
  return {
    ...stored,
    keys,
    text,
    all: () => new Map(files),
    lines: (key: string) =>
      text(key)
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  };
}

import { RECORD_FOLDERS, SETTINGS_PARTITIONS } from '../../contract/backup.ts';
import type { BackupFiles, WritableBackupFiles } from './backup-files.ts';
import type { BackupRecord } from './backup-line.ts';
import { libraryId } from './library-id.ts';

/** Settings of the deployment as items of the accounts table, without secrets. */
export interface SettingsItems {
  readonly read: (partition: string) => Promise<readonly BackupRecord[]>;
  /** @returns false when there is one with its key */
  readonly add: (item: BackupRecord) => Promise<boolean>;
}

/** One file of settings. */
interface SettingsFile {
  readonly v: 1;
  readonly partition: string;
  /** ISO 8601. */
  readonly at: string;
  readonly items: readonly BackupRecord[];
}

/** Writes the files of partitions; of those that are not backed up none is written. */
export async function keepSettings(
  deps: {
    readonly files: WritableBackupFiles;
    readonly settings: SettingsItems;
    readonly clock: () => number;
    readonly hexId: () => string;
  },
  partitions: Iterable<string> = SETTINGS_PARTITIONS,
): Promise<void> {
  const asked = new Set(partitions);
  const wanted = SETTINGS_PARTITIONS.filter((one) => asked.has(one));
  if (wanted.length === 0) return;
  const folder = `${RECORD_FOLDERS.settings}${await libraryId(deps.files, deps.hexId)}/`;
  for (const partition of wanted) {
    const at = new Date(deps.clock()).toISOString();
    const file: SettingsFile = { v: 1, partition, at, items: await deps.settings.read(partition) };
    await deps.files.write(`${folder}${partition.replace('#', '-')}.json`, `${JSON.stringify(file, null, 2)}\n`);
  }
}

/**
 * Gives a deployment the settings of a backup that it does not have. Where several libraries were backed up, the newest settings come first.
 * @returns how many it was given
 */
export async function restoreSettings(deps: {
  readonly files: BackupFiles;
  readonly settings: SettingsItems;
}): Promise<number> {
  const found: SettingsFile[] = [];
  for await (const key of deps.files.list(RECORD_FOLDERS.settings)) {
    const file = JSON.parse((await deps.files.read(key)) ?? '') as SettingsFile;
    if (SETTINGS_PARTITIONS.some((one) => one === file.partition)) found.push(file);
  }
  let added = 0;
  for (const { items } of found.toSorted((a, b) => (a.at < b.at ? 1 : -1))) {
    for (const item of items) if (await deps.settings.add(item)) added++;
  }
  return added;
}

/** Text files of a backup, by their keys. */
export interface BackupFiles {
  /** @returns undefined when there is none */
  readonly read: (key: string) => Promise<string | undefined>;
  /** Keys under a prefix, in their order; `after` and what comes before it are left out. */
  readonly list: (prefix: string, after?: string) => AsyncIterable<string>;
}

export interface WritableBackupFiles extends BackupFiles {
  readonly write: (key: string, text: string) => Promise<void>;
  /** Writes a file unless there is one. */
  readonly create: (key: string, text: string) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
}

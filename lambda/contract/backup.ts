import { MEDIA_PREFIX } from './object-keys.ts';

/** Prefix of what the library knows of its originals. It lies beside them and is replicated with them. */
export const RECORDS_PREFIX = 'records/';

const V1 = `${RECORDS_PREFIX}v1/`;

/** Folders under the prefix; what is in them is described in docs/backup.md. */
export const RECORD_FOLDERS = {
  changes: `${V1}changes/`,
  assets: `${V1}assets/`,
  snapshots: `${V1}snapshots/`,
  erasures: `${V1}erasures/`,
  settings: `${V1}settings/`,
  /** One file for each name in a folder, by which another region finds what is delivered under a path. */
  live: `${V1}live/`,
  /** One file: what the last comparison found. */
  reconciled: `${V1}reconciled.json`,
} as const;

/** Says which library the records are of. */
export const LIBRARY_FILE = `${V1}library.json`;

/** What explains the folders to people and programs. */
export const RECORDS_README = `${V1}README.md`;
export const RECORDS_SCHEMA = `${V1}schema.json`;

/** Days for which changes and snapshots are kept. A restore needs one snapshot and the changes since. */
export const RECORD_DAYS = 35;

/** Rules of the replication by their ids, in the order of their priority. What is in flight or can be had again is not replicated. */
export const REPLICATED = { media: MEDIA_PREFIX, records: RECORDS_PREFIX } as const;

/** Minutes after which a change is to be in the backup: S3's promise with Replication Time Control, and what alarms go off at. */
export const REPLICATION_LAG_MINUTES = 15;

/** Partitions of the library table whose records are backed up: files, versions, folders, references, the trash. */
export const RECORD_PARTITIONS = ['a#', 'h#', 'fd#', 'ref#', 'trash#'] as const;

/** Of the library table: names in folders, which are not backed up but kept as they are now, in `live`. */
export const NAMES_PARTITION = 'in#';

/** Where the name of a file, or of a folder, is kept. @param folderId of the folder that it is in */
export const liveFileKey = (folderId: string, name: string): string =>
  `${RECORD_FOLDERS.live}${folderId}/files/${name}`;
export const liveFolderKey = (folderId: string, name: string): string =>
  `${RECORD_FOLDERS.live}${folderId}/folders/${name}`;

/**
 * Partitions of the accounts table that are backed up, each as a file of its name. Keys, people, sessions, shares and webhooks are
 * not among them: they are secrets, or personal.
 */
export const SETTINGS_PARTITIONS = [
  'access-rules#country',
  'access-rules#ip',
  'access-rules#referrer',
  'access-rules#urlPattern',
  'custom-fields',
  'custom-roles',
  'endpoints',
  'endpoints-version',
  'named-transformations',
  'origins',
  'path-policies',
  'saved-extensions',
  'saved-searches',
  'takedowns',
] as const;

/** Attribute of the accounts table's items that is sealed with a key which the backup does not have. */
export const SEALED_ATTRIBUTE = 'sealed';

/** Name of the role that S3 replicates a region's originals with. Fixed: the policy of the other account's bucket names it first. */
export const replicationRoleName = (deployment: string, region: string): string => `${deployment}-backup-${region}`;

/** Name of the role of the daily run, which compares and repairs, and of the one that restores. Fixed for the same reason. */
export const reconcileRoleName = (deployment: string, region: string): string => `${deployment}-backup-run-${region}`;
export const restoreRoleName = (deployment: string, region: string): string => `${deployment}-restore-${region}`;

/** Name of the role of the function that renders from the copies of other regions, by its own region. Fixed for the same reason. */
export const fallbackRoleName = (deployment: string, region: string): string => `${deployment}-fallback-${region}`;

/** Of a region's copy: the bucket, and the region that it is in. */
export interface ReplicaPlace {
  readonly bucket: string;
  readonly region: string;
}

/** Name of the function that restores a region; IAM decides who may call it. */
export const restoreFunctionName = (deployment: string): string => `${deployment}-restore`;

/** What the function is asked for: first for a plan, then for the bytes of each part, then for its records, at last to finish. */
export type RestoreRequest = { readonly from: string } & (
  | { readonly action: 'plan' | 'finish' }
  | { readonly action: 'copy' | 'write'; readonly part: number; readonly parts: number }
);

export interface RestorePlan {
  readonly parts: number;
  /** When the newest snapshot of each library began, ISO 8601; a region that was made anew is another library. */
  readonly snapshots: readonly string[];
  /** Files of changes since. */
  readonly changes: number;
  /** What no restore may bring back. */
  readonly erased: number;
}

/** What became of the bytes of a part: numbers, and keys of what could not be copied. */
export interface CopiedPart {
  readonly copied: number;
  readonly there: number;
  readonly missing: readonly string[];
  readonly damaged: readonly string[];
}

/** What became of the records of a part. `denied`: they were removed for good. */
export interface WrittenPart {
  readonly added: number;
  readonly renamed: number;
  readonly there: number;
  readonly denied: number;
}

export interface FinishedRestore {
  /** Items of the accounts table that were added. */
  readonly settings: number;
}

export type RestoreAnswer =
  | { readonly plan: RestorePlan }
  | { readonly copied: CopiedPart }
  | { readonly written: WrittenPart }
  | { readonly finished: FinishedRestore }
  | { readonly refused: string };

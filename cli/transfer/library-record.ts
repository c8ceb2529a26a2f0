/*
 * An export is a folder: `library.jsonl` has a record on each line, and `originals/` the bytes of each version under their SHA-256,
 * so that equal bytes are there once. The last record says that the export is whole.
 */

/** A custom metadata field, as the API takes it. */
export interface FieldRecord {
  readonly kind: 'field';
  readonly name: string;
  readonly label: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly description?: string;
}

export interface FolderRecord {
  readonly kind: 'folder';
  readonly path: string;
  readonly isPrivate: boolean;
}

export interface FileRecord {
  readonly kind: 'file';
  readonly path: string;
  /** SHA-256 of each version, hexadecimal, oldest first. */
  readonly versions: readonly string[];
  /** Place of the current one in `versions`. */
  readonly current: number;
  readonly tags: readonly string[];
  readonly description: string | null;
  readonly customCoordinates: string | null;
  readonly customMetadata: Readonly<Record<string, unknown>>;
  readonly isPrivate: boolean;
  readonly isPublished: boolean;
}

/** The last one. */
export interface StateRecord {
  readonly kind: 'state';
  readonly hash: string;
}

export type LibraryRecord = FieldRecord | FolderRecord | FileRecord;

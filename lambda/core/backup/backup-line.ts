/** Kinds of what is backed up. */
export type BackupKind = 'asset' | 'version' | 'folder' | 'reference' | 'trash';

export const BACKUP_KINDS: readonly BackupKind[] = ['asset', 'version', 'folder', 'reference', 'trash'];

/** One line of a file of changes or of a snapshot. */
export interface BackupLine {
  readonly v: 1;
  readonly kind: BackupKind;
  /** Unique within its kind. */
  readonly id: string;
  /** Grows with every change of the record; of kinds that count none it is the time of the change, milliseconds since 1970. */
  readonly rev: number;
  readonly op: 'put' | 'delete';
  /** ISO 8601, to the second. */
  readonly at: string;
  /** Place in the table's stream, a whole number of up to 40 digits; empty in a snapshot. */
  readonly seq: string;
  /** The record's members; none of a deletion. */
  readonly data?: BackupRecord;
}

/** A record as JSON. */
export type BackupRecord = Readonly<Record<string, unknown>>;

/** What the library table's stream tells of one record. */
export interface RecordChange {
  readonly kind: BackupKind;
  readonly id: string;
  readonly seq: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly before?: BackupRecord;
  /** Missing when the record was removed. */
  readonly after?: BackupRecord;
}

export function changeLine({ kind, id, seq, at, before, after }: RecordChange): BackupLine {
  const line = { v: 1, kind, id, at: new Date(at).toISOString(), seq } as const;
  if (after) return { ...line, rev: revisionOf(after) ?? at, op: 'put', data: after };
  const last = revisionOf(before ?? {});
  // A removal comes after the last revision that there was.
  return { ...line, rev: last === undefined ? at : last + 1, op: 'delete' };
}

/** @param at when the snapshot began, milliseconds since 1970: what it holds is at least as new */
export function snapshotLine(kind: BackupKind, id: string, data: BackupRecord, at: number): BackupLine {
  return { v: 1, kind, id, rev: revisionOf(data) ?? at, op: 'put', at: new Date(at).toISOString(), seq: '', data };
}

/** What is unique among all kinds. */
export const nameOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind} ${id}`;

export const toJsonLines = (lines: readonly BackupLine[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');

/** Whether a line tells of something later than another one of the same record. */
export function isLater(line: BackupLine, than: BackupLine): boolean {
  if (line.rev !== than.rev) return line.rev > than.rev;
  const [mine, other] = [orderOf(line), orderOf(than)];
  return mine > other;
}

const orderOf = ({ seq }: BackupLine): bigint => (seq === '' ? -1n : BigInt(seq));

function revisionOf({ revision }: BackupRecord): number | undefined {
  return typeof revision === 'number' ? revision : undefined;
}

import { NAMES_PARTITION } from '../../contract/backup.ts';
import type { BackupKind, BackupRecord } from '../../core/backup/backup-line.ts';
import type { LiveName } from '../../core/backup/live-names.ts';
import type { RecordKind } from '../../core/library/store/change.ts';
import type { RecordItem } from '../library-table/record-items.ts';
import { toRecord } from '../library-table/record-items.ts';

/** An item of the library table that is backed up. */
export interface BackedUpItem {
  readonly kind: BackupKind;
  readonly id: string;
}

/** The kind of record that each kind of line has. */
export const RECORD_OF: Readonly<Record<BackupKind, RecordKind>> = {
  asset: 'head',
  version: 'version',
  folder: 'folderNode',
  reference: 'reference',
  trash: 'trashed',
};

/** What a key of the library table names. @returns undefined of what is made again from the rest, or is on its way */
export function backedUpItem({ pk, sk }: RecordItem): BackedUpItem | undefined {
  const [partition, owner] = splitAtHash(String(pk));
  const name = String(sk);
  if (partition === 'a' && name === 'head') return { kind: 'asset', id: owner };
  if (partition === 'h' && name.startsWith('v#')) return { kind: 'version', id: `${owner}/${name.slice(2)}` };
  if (partition === 'fd' && name === 'node') return { kind: 'folder', id: owner };
  if (partition === 'ref') return { kind: 'reference', id: `${owner}/${name}` };
  if (partition === 'trash') return { kind: 'trash', id: `${owner}/${name}` };
  return undefined;
}

/** The name that a key of the library table stands for. @returns undefined of every other one */
export function nameOfItem({ pk, sk }: RecordItem): LiveName | undefined {
  const [partition, folderId] = [String(pk).slice(0, NAMES_PARTITION.length), String(pk).slice(NAMES_PARTITION.length)];
  const [kind, name] = splitAtHash(String(sk));
  if (partition !== NAMES_PARTITION || (kind !== 'f' && kind !== 'd')) return undefined;
  return { kind: kind === 'f' ? 'file' : 'folder', folderId, name };
}

export const toBackupRecord = (kind: BackupKind, item: RecordItem): BackupRecord =>
  toRecord(RECORD_OF[kind], item) as unknown as BackupRecord;

function splitAtHash(text: string): readonly [string, string] {
  const at = text.indexOf('#');
  return [text.slice(0, at), text.slice(at + 1)];
}

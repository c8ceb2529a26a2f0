import { fileDocument } from '../../core/library/search/search-document.ts';
import type { ChangeStep, RecordKeys, RecordKind, Records } from '../../core/library/store/change.ts';
import type { FileHead, FolderNode } from '../../core/library/store/records.ts';
import { packDocument } from './packed-document.ts';
import type { ItemKey } from './record-keys.lean.ts';
import { folderNameKey, folderShardOf, RECORD_KEYS, shardOf } from './record-keys.lean.ts';

/** An item of the table: its keys, its index keys, and the record's own members. */
export type RecordItem = Readonly<Record<string, unknown>>;

/** Name of the table's index, whose keys are `docspk` and `docssk`. */
export const DOCUMENTS_INDEX = 'docs';

/** Attributes that are the table's, not the record's. */
const TABLE_ATTRIBUTES = ['pk', 'sk', 'd', 'docspk', 'docssk'];

export function toItem<K extends RecordKind>(kind: K, record: Records[K]): RecordItem {
  return { ...keyOf(kind, record as unknown as RecordKeys[K]), ...indexKeys(kind, record), ...record };
}

export function keyOf<K extends RecordKind>(kind: K, key: RecordKeys[K]): ItemKey {
  return RECORD_KEYS[kind](key);
}

export function toRecord<K extends RecordKind>(_kind: K, item: RecordItem): Records[K] {
  const entries = Object.entries(item).filter(([name]) => !TABLE_ATTRIBUTES.includes(name));
  return Object.fromEntries(entries) as unknown as Records[K];
}

/** The key of the record that a step is about. */
export function stepKey(step: ChangeStep): ItemKey {
  if ('remove' in step) return keyOf(step.remove, step.key as never);
  if ('check' in step) return keyOf(step.check, step.key as never);
  return keyOf('create' in step ? step.create : step.replace, step.record as never);
}

/** A head and a folder's node are listed while they are live; what is in the trash is in no index. */
function indexKeys(kind: RecordKind, record: Records[RecordKind]): RecordItem {
  if (kind === 'folderNode') return folderKeys(record as FolderNode);
  if (kind !== 'head') return {};
  const head = record as FileHead;
  if (head.state !== 'live') return {};
  return {
    docspk: `doc#${shardOf(head.assetId)}`,
    docssk: head.assetId,
    d: packDocument(fileDocument(head)),
  };
}

const folderKeys = (node: FolderNode): RecordItem =>
  node.state === 'live' ? { docspk: folderShardOf(node.folderId), docssk: folderNameKey(node) } : {};

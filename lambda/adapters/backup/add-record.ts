import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { BackupLine } from '../../core/backup/backup-line.ts';
import type { AddRecord } from '../../core/backup/restore.ts';
import { toEntry } from '../../core/library/files/file-steps.ts';
import type { FileHead, FolderEntry, FolderNode } from '../../core/library/store/records.ts';
import type { RecordItem } from '../library-table/record-items.ts';
import { keyOf, toItem } from '../library-table/record-items.ts';
import { RECORD_OF } from './backed-up-item.ts';

/** Puts records into the library table, each with the entry of its name, unless they are there. */
export function addRecord(client: DynamoDBDocumentClient, TableName: string): AddRecord {
  const add = async (items: readonly RecordItem[]): Promise<'added' | 'there' | 'taken'> => {
    const ConditionExpression = 'attribute_not_exists(pk)';
    const TransactItems = items.map((Item) => ({ Put: { TableName, Item, ConditionExpression } }));
    try {
      await client.send(new TransactWriteCommand({ TransactItems }));
      return 'added';
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const [record, entry] = (error.CancellationReasons ?? []).map(({ Code }) => Code === 'ConditionalCheckFailed');
      if (record) return 'there';
      if (entry) return 'taken';
      throw error;
    }
  };
  return async (line) => {
    const outcome = await add(itemsOf(line));
    if (outcome !== 'taken') return outcome;
    // Two records may claim one name where the last changes did not reach the backup. Neither is lost.
    const name = `${line.id}-${String(line.data?.name)}`;
    return (await add(itemsOf({ ...line, data: { ...line.data, name } }))) === 'there' ? 'there' : 'renamed';
  };
}

/** What was remembered of paths under an earlier state holds no more. */
export async function beginNewTree(client: DynamoDBDocumentClient, TableName: string): Promise<void> {
  await client.send(
    new UpdateCommand({
      ...{ TableName, Key: keyOf('stamp', {}) },
      UpdateExpression: 'ADD #value :one',
      ExpressionAttributeNames: { '#value': 'value' },
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );
}

/** The record, then the entry of its name: only what is live has one. */
function itemsOf({ kind, data }: BackupLine): RecordItem[] {
  const item = toItem(RECORD_OF[kind], data as never);
  if (data?.state !== 'live') return [item];
  if (kind === 'asset') return [item, toItem('fileEntry', toEntry(data as unknown as FileHead))];
  if (kind === 'folder') return [item, toItem('folderEntry', folderEntry(data as unknown as FolderNode))];
  return [item];
}

const folderEntry = ({ parentId, name, folderId, isPrivate }: FolderNode): FolderEntry => ({
  ...{ parentId, name, folderId, isPrivate },
});

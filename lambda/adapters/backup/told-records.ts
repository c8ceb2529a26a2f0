import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { RecordChange } from '../../core/backup/backup-line.ts';
import type { LiveName } from '../../core/backup/live-names.ts';
import type { RecordItem } from '../library-table/record-items.ts';
import { backedUpItem, nameOfItem, toBackupRecord } from './backed-up-item.ts';

/** What the library table's stream tells of records that are backed up, in its order. */
export function toldRecords(records: readonly DynamoDBRecord[]): RecordChange[] {
  return records.flatMap(({ dynamodb = {} }) => {
    const found = backedUpItem(itemOf(dynamodb.Keys) ?? {});
    if (!found) return [];
    const [before, after] = [itemOf(dynamodb.OldImage), itemOf(dynamodb.NewImage)];
    return [
      {
        ...found,
        seq: dynamodb.SequenceNumber ?? '',
        at: 1000 * (dynamodb.ApproximateCreationDateTime ?? 0),
        ...(before && { before: toBackupRecord(found.kind, before) }),
        ...(after && { after: toBackupRecord(found.kind, after) }),
      },
    ];
  });
}

/** Names in folders that the records are about. */
export const toldNames = (records: readonly DynamoDBRecord[]): LiveName[] =>
  records.flatMap(({ dynamodb }) => nameOfItem(itemOf(dynamodb?.Keys) ?? {}) ?? []);

/** Partitions of whatever table the records are of. */
export const toldPartitions = (records: readonly DynamoDBRecord[]): Set<string> =>
  new Set(records.map(({ dynamodb }) => String(itemOf(dynamodb?.Keys)?.pk)));

const itemOf = (image: object | undefined): RecordItem | undefined =>
  image && unmarshall(image as Record<string, AttributeValue>);

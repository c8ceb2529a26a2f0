import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { ChainedEvent } from '../../core/audit/event-chain.ts';
import type { LogChange, ToldChanges } from '../../core/audit/mirror-log.ts';
import { toEvent } from './audit-chains.ts';

/** What the audit table's stream tells in one batch; Lambda gives no empty one. */
export function toldChanges(records: readonly DynamoDBRecord[]): ToldChanges {
  const [first] = records;
  return {
    id: first?.eventID ?? '',
    at: 1000 * (first?.dynamodb?.ApproximateCreationDateTime ?? 0),
    changes: records.map(logChange),
  };
}

function logChange({ dynamodb = {} }: DynamoDBRecord): LogChange {
  const [before, after] = [imageOf(dynamodb.OldImage), imageOf(dynamodb.NewImage)];
  if (before) return { kind: 'altered', before, ...(after && { after }) };
  if (after) return { kind: 'added', event: after };
  throw new Error('The stream of the audit table has no images.');
}

const imageOf = (image: object | undefined): ChainedEvent | undefined =>
  image && toEvent(unmarshall(image as Record<string, AttributeValue>));

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ChainedEvent } from '../../core/audit/event-chain.ts';
import type { EventStore } from '../../core/audit/event-store.ts';
import { eventKey, toEvent } from './audit-chains.ts';

/** The events of a region's audit table, chain by chain. */
export function eventStore(client: DynamoDBDocumentClient, table: string): EventStore {
  const read = async (chain: string, sequence: number, limit: number, isForward: boolean): Promise<ChainedEvent[]> => {
    const { pk, sk } = eventKey({ chain, sequence });
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: `pk = :pk AND sk ${isForward ? '>' : '<'} :sk`,
        ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
        ScanIndexForward: isForward,
        Limit: limit,
        ConsistentRead: true,
      }),
    );
    return Items.map(toEvent);
  };
  return {
    before: (chain, sequence, limit) => read(chain, sequence, limit, false),
    after: (chain, sequence, limit) => read(chain, sequence, limit, true),
  };
}

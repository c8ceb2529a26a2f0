import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { GetCommand, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { LIMITS } from '../../contract/limits.ts';
import { DELIVERIES_PREFIX } from '../../contract/webhooks.ts';
import type { DeliveryQuery, DeliveryStore, StoredDelivery } from '../../core/webhooks/message-delivery.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';

const DAY_SECONDS = 86_400;

/** Deliveries in the accounts table, a partition for each webhook; the table removes what is too old. */
export function webhookDeliveries(
  client: DynamoDBDocumentClient,
  table: string,
  commit: CommitWithEvent,
): DeliveryStore {
  return {
    ...deliveryRecorder(client, table),
    list: (webhookId, query) => list(client, table, webhookId, query),
    find: (webhookId, ids) => find(client, table, webhookId, ids),
    commit: async (deliveries, event) => {
      await commit(
        deliveries.map((stored) => ({ Put: { TableName: table, Item: itemOf(stored) } })),
        event,
      );
    },
  };
}

/** For whoever reads none. */
export const deliveryRecorder = (client: DynamoDBDocumentClient, table: string): Pick<DeliveryStore, 'record'> => ({
  record: async (stored) => void (await client.send(new PutCommand({ TableName: table, Item: itemOf(stored) }))),
});

async function list(
  client: DynamoDBDocumentClient,
  table: string,
  webhookId: string,
  { state, limit, after }: DeliveryQuery,
): Promise<StoredDelivery[]> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      ScanIndexForward: false,
      KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :after',
      ExpressionAttributeValues: {
        ':pk': partitionOf(webhookId),
        ...(after !== undefined && { ':after': after }),
        ...(state && { ':state': state }),
      },
      ...(state && { FilterExpression: '#state = :state', ExpressionAttributeNames: { '#state': 'state' } }),
    },
  );
  const found: StoredDelivery[] = [];
  for await (const { Items = [] } of pages) {
    found.push(...Items.map(toStored));
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}

async function find(
  client: DynamoDBDocumentClient,
  table: string,
  webhookId: string,
  ids: readonly string[],
): Promise<StoredDelivery[]> {
  const answers = await Promise.all(
    ids.map((id) => client.send(new GetCommand({ TableName: table, Key: keyOf(webhookId, id) }))),
  );
  return answers.flatMap(({ Item }) => (Item ? [toStored(Item)] : []));
}

const partitionOf = (webhookId: string): string => `${DELIVERIES_PREFIX}${webhookId}`;

const keyOf = (webhookId: string, id: string) => ({ pk: partitionOf(webhookId), sk: id });

function itemOf({ delivery, body }: StoredDelivery) {
  const { webhookId, id, state, createdAt } = delivery;
  const expiresAt = Math.floor(Date.parse(createdAt) / 1000) + LIMITS.webhookDeliveryDays * DAY_SECONDS;
  return { ...keyOf(webhookId, id), state, delivery: JSON.stringify(delivery), body, expiresAt };
}

const toStored = ({ delivery, body }: Record<string, unknown>): StoredDelivery => ({
  delivery: JSON.parse(String(delivery)),
  body: String(body),
});

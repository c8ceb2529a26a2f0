import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { WEBHOOKS_PARTITION } from '../../contract/webhooks.ts';
import type { StoredWebhook } from '../../core/webhooks/webhook.ts';
import type { WebhookChange, WebhookStore } from '../../core/webhooks/webhook-store.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import type { TransactItem } from '../audit-table/transact-item.ts';
import { nextVersion, readPartition } from './partition-version.ts';

/** Webhooks in the accounts table, all in one partition: there are few, and they are read together. */
export function webhookStore(client: DynamoDBClient, table: string, commit: CommitWithEvent): WebhookStore {
  return {
    read: () => readWebhooks(client, table),
    commit: async (change, version, event) => {
      const items = [nextVersion(table, WEBHOOKS_PARTITION, version), itemOf(table, change)];
      return (await commit(items, event)).kind === 'committed';
    },
  };
}

/** All of them, for whoever changes none. */
export async function readWebhooks(client: DynamoDBClient, table: string) {
  const { items, version } = await readPartition(client, table, WEBHOOKS_PARTITION);
  const webhooks = items.flatMap(toStored);
  return { version, webhooks: webhooks.toSorted((a, b) => (a.webhook.createdAt < b.webhook.createdAt ? -1 : 1)) };
}

export function webhookFinder(client: DynamoDBClient, table: string) {
  return async (id: string): Promise<StoredWebhook | undefined> => {
    const { pk, sk } = keyOf(id);
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true }),
    );
    return Item && toStored(Item)[0];
  };
}

function toStored({ webhook }: Record<string, AttributeValue>): StoredWebhook[] {
  return webhook?.S === undefined ? [] : [JSON.parse(webhook.S) as StoredWebhook];
}

function itemOf(table: string, change: WebhookChange): TransactItem {
  if ('remove' in change) return { Delete: { TableName: table, Key: keyOf(change.remove.webhook.id) } };
  const { put } = change;
  return { Put: { TableName: table, Item: { ...keyOf(put.webhook.id), webhook: JSON.stringify(put) } } };
}

const keyOf = (id: string) => ({ pk: WEBHOOKS_PARTITION, sk: `webhook#${id}` });

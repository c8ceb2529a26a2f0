import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import type { UsedTags } from '../../core/purge/variant-removal.ts';
import { TAG_USE_KEY } from './library-keys.lean.ts';

/** Items that one call gets (AWS, "BatchGetItem"). */
const BATCH = 100;

/** What the transformer noted of the tags of its answers. */
export function usedTags(client: DynamoDBClient, table: string): UsedTags {
  return {
    among: async (tags) => {
      const used = new Set<string>();
      let keys = tags.map((tag) => toKey(tag));
      while (keys.length > 0) {
        const Keys = keys.slice(0, BATCH);
        const command = new BatchGetItemCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true } } });
        const { Responses, UnprocessedKeys } = await client.send(command);
        for (const { pk } of Responses?.[table] ?? []) used.add(TAG_USE_KEY.tagOf(pk?.S ?? ''));
        keys = [...(UnprocessedKeys?.[table]?.Keys ?? []), ...keys.slice(BATCH)];
      }
      return used;
    },
  };
}

function toKey(tag: string): Record<string, AttributeValue> {
  const { pk, sk } = TAG_USE_KEY.of(tag);
  return { pk: { S: pk }, sk: { S: sk } };
}

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetItemCommand, PutItemCommand, paginateQuery, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../../core/kernel/clock.ts';
import type { InvalidationQueue } from '../../core/purge/invalidate.ts';
import { WAITING_INVALIDATIONS } from './library-keys.lean.ts';

const PARTITION = { S: WAITING_INVALIDATIONS.pk } as const;

/** Seconds for which can be asked what became of a request. */
const REMEMBERED = 7 * 86_400;

/** Requests that wait for the CDN, in the library table, all in one partition: there are seldom any. */
export function invalidationQueue(client: DynamoDBClient, table: string, clock: Clock): InvalidationQueue {
  return {
    add: async ({ id, tags }) => {
      const Item = { pk: PARTITION, sk: { S: id }, tags: { SS: [...tags] } };
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },
    waiting: async () => {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          FilterExpression: 'attribute_not_exists(invalidationId)',
          ExpressionAttributeValues: { ':pk': PARTITION },
        },
      );
      const waiting = [];
      for await (const { Items = [] } of pages) {
        waiting.push(...Items.map(({ sk, tags }) => ({ id: sk?.S ?? '', tags: tags?.SS ?? [] })));
      }
      return waiting;
    },
    settle: async (id, invalidationId) => {
      const command = new UpdateItemCommand({
        TableName: table,
        Key: { pk: PARTITION, sk: { S: id } },
        UpdateExpression: 'SET invalidationId = :id, expiresAt = :end',
        ExpressionAttributeValues: {
          ':id': { S: invalidationId },
          ':end': { N: String(Math.floor(clock() / 1000) + REMEMBERED) },
        },
      });
      await client.send(command);
    },
    find: async (id) => {
      const Key = { pk: PARTITION, sk: { S: id } };
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item && { invalidationId: Item.invalidationId?.S };
    },
  };
}

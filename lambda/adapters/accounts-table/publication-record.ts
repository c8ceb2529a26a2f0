import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PUBLICATION_PARTITION } from '../../contract/edge.ts';
import type { Publication, PublicationRecord } from '../../core/protection/published/publication-record.ts';

const KEY = { pk: { S: PUBLICATION_PARTITION }, sk: { S: 'settings' } } as const;

/** The last publication in the accounts table: one item, whose partition a function may write without the rest. */
export function publicationRecord(client: DynamoDBClient, table: string): PublicationRecord {
  return {
    read: async () => {
      const command = new GetItemCommand({ TableName: table, Key: KEY, ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item?.publication?.S === undefined ? undefined : (JSON.parse(Item.publication.S) as Publication);
    },
    begin: async (token) => {
      await client.send(new PutItemCommand({ TableName: table, Item: { ...KEY, publisher: { S: token } } }));
    },
    finish: async (token, publication) => {
      const Item = { ...KEY, publisher: { S: token }, publication: { S: JSON.stringify(publication) } };
      const condition = {
        ConditionExpression: 'publisher = :token',
        ExpressionAttributeValues: { ':token': { S: token } },
      };
      try {
        await client.send(new PutItemCommand({ TableName: table, Item, ...condition }));
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
        throw error;
      }
    },
  };
}

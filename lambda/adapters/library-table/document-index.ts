import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { SearchDocument } from '../../core/library/search/search-document.ts';
import { unpackDocument } from './packed-document.ts';
import { DOCUMENTS_INDEX } from './record-items.ts';
import { SHARDS } from './record-keys.lean.ts';

type Key = Record<string, unknown>;

/** A shard of the index and where its next part begins. */
interface ShardPlace {
  readonly shard: number;
  readonly from?: Key;
}

/** Every file's document, read from all shards at the same time: 1 MB of each in a round. */
export async function* documentPages(
  client: DynamoDBDocumentClient,
  table: string,
): AsyncGenerator<readonly SearchDocument[]> {
  let places: ShardPlace[] = Array.from({ length: SHARDS }, (_, shard) => ({ shard }));
  while (places.length > 0) {
    const pages = await Promise.all(places.map((place) => readPage(client, table, place)));
    for (const { documents } of pages) yield documents;
    places = pages.flatMap(({ next }) => (next ? [next] : []));
  }
}

async function readPage(client: DynamoDBDocumentClient, table: string, { shard, from }: ShardPlace) {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: DOCUMENTS_INDEX,
      KeyConditionExpression: 'docspk = :shard',
      ExpressionAttributeValues: { ':shard': documentShard(shard) },
      ExclusiveStartKey: from,
    }),
  );
  const documents = Items.map(({ docssk, d }) => unpackDocument(docssk, d));
  return { documents, next: LastEvaluatedKey && { shard, from: LastEvaluatedKey } };
}

const documentShard = (shard: number): string => `doc#${shard.toString(16).padStart(2, '0')}`;

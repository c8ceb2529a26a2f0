import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { TaggedFiles } from '../../core/library/jobs/tagged-files.ts';
import { tagTerm } from '../../core/library/search/index-terms.ts';
import { idUnder, postingKey } from './term-store.ts';

/** Files of one request: few are read in vain when a worker's time ends. */
const PAGE = 200;

/** Files by their tags, from the index's own list of them. */
export const taggedFiles = (client: DynamoDBDocumentClient, table: string): TaggedFiles => ({
  withTag: (tag, after) => idsWithTag(client, table, tag, after),
});

async function* idsWithTag(client: DynamoDBDocumentClient, table: string, tag: string, after: string | undefined) {
  const { pk, sk } = postingKey(after ?? '', tagTerm(tag));
  const pages = paginateQuery(
    { client, pageSize: PAGE },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :list AND sk > :after',
      ExpressionAttributeValues: { ':list': pk, ':after': sk },
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) yield Items.map((item) => idUnder(String(item.sk)));
}

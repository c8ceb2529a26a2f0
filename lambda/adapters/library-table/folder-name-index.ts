import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { FolderName, FolderNamesRequest } from '../../core/library/search/search-index.ts';
import { DOCUMENTS_INDEX } from './record-items.ts';
import { folderNameKey, folderShard, SHARDS } from './record-keys.lean.ts';

/** Names that one request reads of a shard. */
const PAGE = 200;

/** Names of folders from all shards, merged into one order. */
export async function* folderNames(
  client: DynamoDBDocumentClient,
  table: string,
  { after, descending }: FolderNamesRequest,
): AsyncGenerator<FolderName> {
  const sign = descending ? -1 : 1;
  const shards = Array.from({ length: SHARDS }, (_, shard) => readShard(client, table, { shard, after, descending }));
  const heads = await Promise.all(shards.map((names) => names.next()));
  for (;;) {
    const present = heads.flatMap(({ value }, shard) => (value ? [{ value, shard }] : []));
    const [first, ...others] = present;
    if (!first) return;
    const next = others.reduce((best, one) => (compare(one.value, best.value) * sign < 0 ? one : best), first);
    yield next.value;
    heads[next.shard] = await (shards[next.shard] as (typeof shards)[number]).next();
  }
}

/** As DynamoDB orders sort keys: by the bytes of UTF-8. */
const compare = (one: FolderName, other: FolderName): number =>
  Buffer.compare(Buffer.from(folderNameKey(one)), Buffer.from(folderNameKey(other)));

async function* readShard(
  client: DynamoDBDocumentClient,
  table: string,
  { shard, after, descending }: FolderNamesRequest & { readonly shard: number },
): AsyncGenerator<FolderName, undefined> {
  const place = after && { sign: descending ? '<' : '>', key: folderNameKey(after) };
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: DOCUMENTS_INDEX,
        KeyConditionExpression: `docspk = :shard${place ? ` AND docssk ${place.sign} :place` : ''}`,
        ExpressionAttributeValues: { ':shard': folderShard(shard), ...(place && { ':place': place.key }) },
        ScanIndexForward: !descending,
        Limit: PAGE,
        ExclusiveStartKey: from,
      }),
    );
    for (const { docssk } of Items) yield toFolderName(String(docssk));
    from = LastEvaluatedKey;
  } while (from);
}

function toFolderName(key: string): FolderName {
  const end = key.lastIndexOf(folderNameKey({ name: '', folderId: '' }));
  return { name: key.slice(0, end), folderId: key.slice(end + 1) };
}

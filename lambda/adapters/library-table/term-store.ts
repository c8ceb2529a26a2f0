import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { IndexTerm, TermLookup } from '../../core/library/search/index-terms.ts';
import type { IndexedFile, TermStore } from '../../core/library/search/update-index.ts';
import type { ItemKey } from './record-keys.lean.ts';
import type { TableRequests } from './table-requests.ts';

/** What the index says of a file, beside the file's head. */
const indexedKey = (assetId: string): ItemKey => ({ pk: `a#${assetId}`, sk: 'idx' });

/** A file under a term. Words hold letters and digits only, so the separator stands in none. */
export const postingKey = (assetId: string, { list, word }: IndexTerm): ItemKey => ({
  pk: `t#${list}`,
  sk: `${word}#${assetId}`,
});

/** Of a posting, by its sort key. */
export const idUnder = (sk: string): string => sk.slice(sk.lastIndexOf('#') + 1);

const toText = ({ list, word }: IndexTerm): string => `${word}#${list}`;

function toTerm(text: string): IndexTerm {
  const separator = text.indexOf('#');
  return { word: text.slice(0, separator), list: text.slice(separator + 1) };
}

/** Terms in the library table. */
export function termStore(client: DynamoDBDocumentClient, table: string, requests: TableRequests): TermStore {
  return {
    indexed: async (assetId) => {
      const item = await requests.get(indexedKey(assetId));
      if (!item) return undefined;
      const { revision, terms } = item as { revision: number; terms: readonly string[] };
      return { assetId, revision, terms: terms.map(toTerm) };
    },
    addTerms: (assetId, terms) => requests.putAll(terms.map((term) => postingKey(assetId, term) as never)),
    removeTerms: (assetId, terms) => requests.removeAll(terms.map((term) => postingKey(assetId, term))),
    saveIndexed: ({ assetId, revision, terms }, was) =>
      unlessChanged(
        client.send(
          new PutCommand({
            TableName: table,
            Item: { ...indexedKey(assetId), revision, terms: terms.map(toText) },
            ...unchanged(was),
          }),
        ),
      ),
    forgetIndexed: (assetId, revision) =>
      unlessChanged(
        client.send(new DeleteCommand({ TableName: table, Key: indexedKey(assetId), ...unchanged(revision) })),
      ),
  };
}

const unchanged = (revision: IndexedFile['revision'] | undefined) =>
  revision === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'revision = :was', ExpressionAttributeValues: { ':was': revision } };

async function unlessChanged(written: Promise<unknown>): Promise<boolean> {
  try {
    await written;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/**
 * Ids of the files under a term.
 * @returns undefined when there are more than the limit
 */
export async function idsUnder(
  client: DynamoDBDocumentClient,
  table: string,
  { list, word, isBeginning }: TermLookup,
  limit: number,
): Promise<string[] | undefined> {
  const ids: string[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :list AND begins_with(sk, :word)',
        ExpressionAttributeValues: { ':list': `t#${list}`, ':word': isBeginning ? word : `${word}#` },
        Limit: limit + 1 - ids.length,
        ExclusiveStartKey: from,
      }),
    );
    ids.push(...Items.map(({ sk }) => idUnder(String(sk))));
    if (ids.length > limit) return undefined;
    from = LastEvaluatedKey;
  } while (from);
  return ids;
}

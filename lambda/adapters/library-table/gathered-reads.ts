import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { BatchGetCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { RecordItem } from './record-items.ts';
import type { ItemKey } from './record-keys.lean.ts';

/** DynamoDB's bound for one batch (AWS, "BatchGetItem"). */
const GET_BATCH = 100;

type ReadItem = (key: ItemKey) => Promise<RecordItem | undefined>;

interface Asked {
  readonly key: ItemKey;
  readonly answer: PromiseWithResolvers<RecordItem | undefined>;
}

/**
 * Consistent reads of single items. Those that are asked for at the same time are one request: it costs the same read units, and
 * the processor time of one. As with single requests at once, nothing says which item was read first.
 */
export function gatheredReads(client: DynamoDBDocumentClient, table: string): ReadItem {
  let waiting: Asked[] = [];
  const send = (): void => {
    const asked = waiting;
    waiting = [];
    void answerAll(client, table, asked);
  };
  return (key) => {
    if (waiting.length === 0) queueMicrotask(send);
    const answer = Promise.withResolvers<RecordItem | undefined>();
    waiting.push({ key, answer });
    return answer.promise;
  };
}

async function answerAll(client: DynamoDBDocumentClient, table: string, asked: readonly Asked[]): Promise<void> {
  try {
    const found = await readAll(client, table, new Map(asked.map(({ key }) => [textOf(key), key])));
    for (const { key, answer } of asked) answer.resolve(found.get(textOf(key)));
  } catch (error) {
    for (const { answer } of asked) answer.reject(error);
  }
}

/** @param keys each once: a batch may not name an item twice */
async function readAll(
  client: DynamoDBDocumentClient,
  table: string,
  keys: ReadonlyMap<string, ItemKey>,
): Promise<ReadonlyMap<string, RecordItem>> {
  const [only, ...others] = keys.values();
  const items =
    only && others.length === 0
      ? await readOne(client, table, only)
      : await readBatch(client, table, [...keys.values()]);
  return new Map(items.map((item) => [textOf(item as unknown as ItemKey), item]));
}

async function readOne(client: DynamoDBDocumentClient, table: string, key: ItemKey): Promise<RecordItem[]> {
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
  return Item ? [Item] : [];
}

/** No sign below a space stands in a key. */
const textOf = ({ pk, sk }: ItemKey): string => `${pk}\u0000${sk}`;

/** Items that are there, in no promised order. */
export async function readBatch(
  client: DynamoDBDocumentClient,
  table: string,
  keys: readonly ItemKey[],
): Promise<RecordItem[]> {
  const found: RecordItem[] = [];
  for (let index = 0; index < keys.length; index += GET_BATCH) {
    let asked: Record<string, unknown>[] = keys.slice(index, index + GET_BATCH).map((key) => ({ ...key }));
    while (asked.length > 0) {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: asked, ConsistentRead: true } } }),
      );
      found.push(...(Responses?.[table] ?? []));
      asked = UnprocessedKeys?.[table]?.Keys ?? [];
    }
  }
  return found;
}

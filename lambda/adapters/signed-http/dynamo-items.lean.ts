import { dynamoCall } from './dynamo-call.lean.ts';
import type { Environment } from './service-endpoint.lean.ts';

/** The attribute values that we store (AWS, "AttributeValue"). */
export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly BOOL?: boolean;
  readonly L?: readonly AttributeValue[];
  readonly M?: TableItem;
  readonly SS?: readonly string[];
}

export type TableItem = Readonly<Record<string, AttributeValue | undefined>>;

export interface TableKey {
  readonly pk: string;
  readonly sk: string;
}

/** Single items of a table with the keys pk and sk, without SDK and ElectroDB. Reads are consistent. */
export interface DynamoItems {
  get(key: TableKey): Promise<TableItem | undefined>;
  /**
   * Several at once, in the order of their keys: the read units of each, and the processor time of one call.
   * @param keys each once, at most a hundred (AWS, "BatchGetItem")
   */
  getAll(keys: readonly TableKey[]): Promise<(TableItem | undefined)[]>;
  put(item: TableItem): Promise<void>;
  /** All items of a partition. */
  query(pk: string): Promise<TableItem[]>;
}

/** Reads alone. */
export type ItemReads = Pick<DynamoItems, 'get' | 'query'>;

/** The members of answers that are read. */
interface Answer {
  readonly Item?: TableItem;
  readonly Items?: readonly TableItem[];
  readonly LastEvaluatedKey?: TableItem;
  readonly Responses?: Readonly<Record<string, readonly TableItem[]>>;
  readonly UnprocessedKeys?: Readonly<Record<string, { readonly Keys: readonly TableItem[] }>>;
}

/** Milliseconds for one attempt; a call takes single digits of them. */
const TIMEOUT = 2_000;

/** Calls for what a table that is throttled leaves out of its answers, and the wait before the second one in milliseconds. */
const CALLS = 5;
const FIRST_WAIT = 20;

export function dynamoItems(environment: Environment, table: string): DynamoItems {
  const send = dynamoCall(environment, TIMEOUT);
  const call = async (action: 'GetItem' | 'PutItem' | 'Query', input: object): Promise<Answer> =>
    (await send(action, { TableName: table, ...input })) as Answer;
  const readBatch = async (keys: readonly TableItem[]): Promise<TableItem[]> => {
    const found: TableItem[] = [];
    let asked = keys;
    for (let count = 1; ; count++) {
      const input = { RequestItems: { [table]: { Keys: asked, ConsistentRead: true } } };
      const { Responses, UnprocessedKeys } = (await send('BatchGetItem', input)) as Answer;
      found.push(...(Responses?.[table] ?? []));
      asked = UnprocessedKeys?.[table]?.Keys ?? [];
      if (asked.length === 0) return found;
      if (count === CALLS) throw new Error('The table left items out of its answers.');
      await sleep(FIRST_WAIT * 2 ** count * Math.random());
    }
  };
  return {
    get: async (key) => (await call('GetItem', { Key: attributesOf(key), ConsistentRead: true })).Item,
    getAll: async (keys) => {
      const found = await readBatch(keys.map(attributesOf));
      return keys.map(({ pk, sk }) => found.find((item) => item.pk?.S === pk && item.sk?.S === sk));
    },
    put: async (item) => void (await call('PutItem', { Item: item })),
    query: async (pk) => {
      const found: TableItem[] = [];
      let from: TableItem | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await call('Query', {
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: pk } },
          ConsistentRead: true,
          ...(from && { ExclusiveStartKey: from }),
        });
        found.push(...Items);
        from = LastEvaluatedKey;
      } while (from);
      return found;
    },
  };
}

const attributesOf = ({ pk, sk }: TableKey): TableItem => ({ pk: { S: pk }, sk: { S: sk } });

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

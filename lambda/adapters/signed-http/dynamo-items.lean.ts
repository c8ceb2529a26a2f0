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
}

/** Milliseconds for one attempt; a call takes single digits of them. */
const TIMEOUT = 2_000;

export function dynamoItems(environment: Environment, table: string): DynamoItems {
  const send = dynamoCall(environment, TIMEOUT);
  const call = async (action: 'GetItem' | 'PutItem' | 'Query', input: object): Promise<Answer> =>
    (await send(action, { TableName: table, ...input })) as Answer;
  return {
    get: async ({ pk, sk }) => {
      const { Item } = await call('GetItem', { Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true });
      return Item;
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

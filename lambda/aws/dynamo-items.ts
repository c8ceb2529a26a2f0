import type { Environment } from './service-endpoint.ts';
import { dynamoEndpoint } from './service-endpoint.ts';
import { signedFetch } from './signed-fetch.ts';

/** The attribute values that we store (AWS, "AttributeValue"). */
export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly BOOL?: boolean;
}

export type Item = Readonly<Record<string, AttributeValue | undefined>>;

export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** Single items of a table with the keys pk and sk, without SDK and ElectroDB. Reads are consistent. */
export interface DynamoItems {
  get(key: ItemKey): Promise<Item | undefined>;
  put(item: Item): Promise<void>;
}

/** Milliseconds for one attempt; a call takes single digits of them. */
const TIMEOUT = 2_000;

export function dynamoItems(environment: Environment, table: string): DynamoItems {
  const send = signedFetch('dynamodb', environment);
  const url = `${dynamoEndpoint(environment)}/`;
  const call = (action: 'GetItem' | 'PutItem', input: object) =>
    send(
      url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDB_20120810.${action}` },
        body: JSON.stringify({ TableName: table, ...input }),
        timeout: TIMEOUT,
      },
      readItem,
    );
  return {
    get: ({ pk, sk }) => call('GetItem', { Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true }),
    put: async (item) => void (await call('PutItem', { Item: item })),
  };
}

async function readItem(response: Response): Promise<Item | undefined> {
  const { Item } = (await response.json()) as { readonly Item?: Item };
  return Item;
}

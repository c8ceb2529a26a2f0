import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** Members of inputs and answers that hold items, and those that hold lists of them (AWS, "Amazon DynamoDB API Reference"). */
const ITEMS = new Set([
  'Item',
  'Key',
  'ExpressionAttributeValues',
  'ExclusiveStartKey',
  'Attributes',
  'LastEvaluatedKey',
]);
const LISTS = new Set(['Items', 'Keys']);

/** Members below which items lie by tables, in whatever depth. */
const BY_TABLE = new Set(['RequestItems', 'TransactItems', 'UnprocessedKeys', 'UnprocessedItems']);

type Values = Readonly<Record<string, unknown>>;
type Convert = (item: Values) => unknown;

const marshalled: Convert = (item) => marshall(item, { removeUndefinedValues: true });
const plain: Convert = (item) => unmarshall(item as Record<string, AttributeValue>);

/** The input of a request with plain values, as DynamoDB's JSON has it. */
export const toAttributes = (input: object): object => converted(input as Values, marshalled);

/** What DynamoDB answered, with plain values. */
export const toPlain = (answer: unknown): unknown => converted(answer as Values, plain);

function converted(values: Values, convert: Convert): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value && convertMember(name, value, convert)]),
  );
}

function convertMember(name: string, value: unknown, convert: Convert): unknown {
  if (ITEMS.has(name)) return convert(value as Values);
  if (LISTS.has(name)) return (value as Values[]).map(convert);
  if (name === 'Responses') return byTable(value as Values, (items) => (items as Values[]).map(convert));
  if (!BY_TABLE.has(name)) return value;
  return Array.isArray(value)
    ? value.map((one) => requestOf(one, convert))
    : byTable(value as Values, (requests) =>
        Array.isArray(requests)
          ? requests.map((one) => requestOf(one, convert))
          : converted(requests as Values, convert),
      );
}

const byTable = (tables: Values, convert: (requests: unknown) => unknown): Values =>
  Object.fromEntries(Object.entries(tables).map(([table, requests]) => [table, convert(requests)]));

/** `{ Put: { … } }` and its like. */
const requestOf = (request: Values, convert: Convert): Values =>
  byTable(request, (parts) => parts && converted(parts as Values, convert));

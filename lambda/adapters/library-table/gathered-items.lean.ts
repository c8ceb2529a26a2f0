import type { DynamoItems, TableItem, TableKey } from '../signed-http/dynamo-items.lean.ts';

/** Items that one call gets (AWS, "BatchGetItem"). */
const BATCH = 100;

interface Asked {
  readonly key: TableKey;
  readonly answers: PromiseWithResolvers<TableItem | undefined>;
}

/**
 * Reads of single items, of which those that are asked for at the same time are one call, as `gatheredReads` does for functions with
 * an SDK. Nothing says which item was read first.
 */
export function gatheredItems(items: Pick<DynamoItems, 'get' | 'getAll'>): DynamoItems['get'] {
  let waiting = new Map<string, Asked>();
  const send = (): void => {
    const asked = [...waiting.values()];
    waiting = new Map();
    for (let first = 0; first < asked.length; first += BATCH) void answer(items, asked.slice(first, first + BATCH));
  };
  return (key) => {
    if (waiting.size === 0) queueMicrotask(send);
    // No sign below a space stands in a key.
    const text = `${key.pk}\u0000${key.sk}`;
    const asked = waiting.get(text) ?? { key, answers: Promise.withResolvers<TableItem | undefined>() };
    waiting.set(text, asked);
    return asked.answers.promise;
  };
}

async function answer(items: Pick<DynamoItems, 'get' | 'getAll'>, asked: readonly Asked[]): Promise<void> {
  try {
    const keys = asked.map(({ key }) => key);
    const [only] = keys;
    const found = only && keys.length === 1 ? [await items.get(only)] : await items.getAll(keys);
    for (const [index, { answers }] of asked.entries()) answers.resolve(found[index]);
  } catch (error) {
    for (const { answers } of asked) answers.reject(error);
  }
}

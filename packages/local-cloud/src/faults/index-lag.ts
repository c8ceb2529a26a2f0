/** What an index is when it is some time behind its table: global secondary indexes are read eventually (AWS, "Global secondary indexes"). */
export interface IndexLag {
  /** The answer as it may have been up to so many milliseconds ago. Writes are noted. */
  answer(call: string, request: Buffer, answer: Buffer, lag: number): Buffer;
}

/** An answer to a question, with its time. */
interface Seen {
  readonly at: number;
  readonly answer: Buffer;
}

/** What is older is never asked for. */
const FORGET = 60_000;

/**
 * An answer that was given within the lag is given again. What nobody asked before lacks the items that were written within
 * it; one that was removed within it may be missing already.
 * @param keys names of the attributes that are keys of tables
 * @param now milliseconds
 */
export function indexLag(keys: readonly string[], now: () => number): IndexLag {
  const keyOf = (item: Item): string => JSON.stringify(keys.map((key) => item[key]));
  const seen = new Map<string, Seen>();
  const written = new Map<string, number>();
  return {
    answer: (call, request, answer, lag) => {
      if (WRITES.includes(call)) {
        for (const item of itemsWritten(JSON.parse(request.toString()))) note(written, keyOf(item), now());
        forget(written, now() - FORGET, (at) => at);
      }
      if (call !== 'Query' || !request.includes('"IndexName"')) return answer;
      const question = request.toString();
      const earlier = seen.get(question);
      if (lag > 0 && earlier && now() - earlier.at <= lag) return earlier.answer;
      note(seen, question, { at: now(), answer });
      forget(seen, now() - FORGET, ({ at }) => at);
      return lag > 0 ? withoutNew(answer, (item) => now() - (written.get(keyOf(item)) ?? 0) > lag) : answer;
    },
  };
}

const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'];

/** The newest is the last one. */
function note<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
}

function forget<V>(map: Map<string, V>, before: number, timeOf: (value: V) => number): void {
  for (const [key, value] of map) {
    if (timeOf(value) >= before) return;
    map.delete(key);
  }
}

type Item = Readonly<Record<string, unknown>>;

interface WriteRequest {
  readonly Item?: Item;
  readonly Key?: Item;
  readonly RequestItems?: Readonly<Record<string, readonly Record<string, WriteRequest>[]>>;
  readonly TransactItems?: readonly Record<string, WriteRequest>[];
}

/** Items or their keys. */
function itemsWritten({ Item, Key, RequestItems, TransactItems }: WriteRequest): Item[] {
  const several = [...(TransactItems ?? []), ...Object.values(RequestItems ?? {}).flat()];
  const own = Item ?? Key;
  return [...(own ? [own] : []), ...several.flatMap((one) => Object.values(one).flatMap(itemsWritten))];
}

function withoutNew(answer: Buffer, isOld: (item: Item) => boolean): Buffer {
  const { Items = [], Count, ...rest } = JSON.parse(answer.toString()) as { Items?: Item[]; Count?: number };
  if (Count === undefined) return answer;
  const kept = Items.filter(isOld);
  return Buffer.from(JSON.stringify({ ...rest, Items: kept, Count: kept.length }));
}

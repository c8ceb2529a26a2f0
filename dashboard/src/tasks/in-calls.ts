/** Items regrouped to as many as one call takes. Of the parts, no more are asked for than are needed. */
export async function* inCalls<Item>(
  parts: AsyncIterable<readonly Item[]>,
  perCall: number,
): AsyncGenerator<readonly Item[]> {
  let waiting: readonly Item[] = [];
  for await (const part of parts) {
    waiting = [...waiting, ...part];
    while (waiting.length >= perCall) {
      yield waiting.slice(0, perCall);
      waiting = waiting.slice(perCall);
    }
  }
  if (waiting.length > 0) yield waiting;
}

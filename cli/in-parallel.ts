/** Works on what comes, at most `count` at once. @throws what a work throws, after the others have ended */
export async function inParallel<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  count: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const failed: unknown[] = [];
  for await (const item of items) {
    if (failed.length > 0) break;
    const one = work(item)
      .catch((error: unknown) => void failed.push(error))
      .finally(() => running.delete(one));
    running.add(one);
    if (running.size >= count) await Promise.race(running);
  }
  await Promise.all(running);
  if (failed.length > 0) throw failed[0];
}

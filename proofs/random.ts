/** A whole number from 0 to below a limit. */
export type Random = (below: number) => number;

/** Mulberry32: the same numbers for the same seed, on every machine. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** One of a list's members. */
export function pickFrom<Item>(random: Random, list: readonly Item[]): Item {
  const item = list[random(list.length)];
  if (item === undefined) throw new Error('The list is empty.');
  return item;
}

/** The list's members in an order that the numbers decide (Fisher and Yates). */
export function shuffled<Item>(random: Random, list: readonly Item[]): Item[] {
  const order = [...list];
  for (let last = order.length - 1; last > 0; last--) {
    const other = random(last + 1);
    [order[last], order[other]] = [order[other] as Item, order[last] as Item];
  }
  return order;
}

/**
 * Items that are put aside until something is done with them. The browser keeps them outside of the page's memory, on its disk
 * if they are many, and lets go of them with this object.
 */
export class KeptItems<Item> {
  readonly #parts: Blob[] = [];
  #count = 0;

  /** How many there are. */
  get count(): number {
    return this.#count;
  }

  /** @param items of what JSON can hold */
  add(items: readonly Item[]): void {
    if (items.length === 0) return;
    this.#parts.push(new Blob([JSON.stringify(items)]));
    this.#count += items.length;
  }

  /** All of them in their order, as many at a time as were added at once. */
  async *parts(): AsyncGenerator<readonly Item[]> {
    for (const part of this.#parts) yield JSON.parse(await part.text());
  }
}

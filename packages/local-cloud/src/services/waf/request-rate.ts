/** Addresses counted at the same time; a flood of addresses must not fill the memory. */
const MAXIMUM_ADDRESSES = 100_000;

/** Counts requests by address over a sliding window, approximated by two fixed ones. */
export class RequestRate {
  readonly #limit: number;
  readonly #window: number;
  #started = 0;
  #current = new Map<string, number>();
  #before = new Map<string, number>();

  /** @param window milliseconds */
  constructor(limit: number, window: number) {
    this.#limit = limit;
    this.#window = window;
  }

  /** Counts a request, and tells whether its address has now made more than the limit within the window. */
  isAbove(address: string, now: number): boolean {
    this.#advance(now);
    const count = (this.#current.get(address) ?? 0) + 1;
    if (count > 1 || this.#current.size < MAXIMUM_ADDRESSES) this.#current.set(address, count);
    const share = 1 - (now - this.#started) / this.#window;
    return count + (this.#before.get(address) ?? 0) * share > this.#limit;
  }

  /** A clock that was put back begins anew: an address would else be refused until the clock is where it was. */
  #advance(now: number): void {
    const passed = now - this.#started;
    if (passed >= 0 && passed < this.#window) return;
    this.#before = passed >= 0 && passed < 2 * this.#window ? this.#current : new Map();
    this.#current = new Map();
    this.#started = now;
  }
}

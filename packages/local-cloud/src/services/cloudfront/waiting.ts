/**
 * The viewers who wait for one request to the origin. When the last of them has gone before the origin answered, the
 * request is given up: what it waits for in line is withdrawn.
 */
export class Waiting {
  readonly #gone = new AbortController();
  #viewers = 0;

  /** @param viewerGone of the first viewer; undefined for one who never goes */
  constructor(viewerGone: AbortSignal | undefined) {
    this.join(viewerGone);
  }

  /** Aborted when nobody waits any longer. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  join(viewerGone: AbortSignal | undefined): void {
    this.#viewers++;
    const leave = () => {
      this.#viewers--;
      if (this.#viewers === 0) this.#gone.abort();
    };
    if (viewerGone?.aborted) leave();
    else viewerGone?.addEventListener('abort', leave, { once: true });
  }
}

import type { S3ObjectEvent } from './events.ts';
import type { Outbox, OutboxEntry } from './store/outbox.ts';

/** Deliveries at the same time. One that waits to be tried again does not count. */
const CONCURRENCY = 16;
const FIRST_DELAY_MS = 200;
const LAST_DELAY_MS = 30_000;
/** EventBridge gives an event up after 24 hours. */
const MAX_AGE_MS = 86_400_000;

export interface EventDeliveryOptions {
  readonly outbox: Outbox;
  readonly onEvent: (event: S3ObjectEvent) => Promise<void>;
  readonly now: () => Date;
  readonly report: (message: string, error: unknown) => void;
}

/** Hands events of the outbox to a listener, each until it succeeds: at least once, in no promised order. */
export class EventDelivery {
  readonly #options: EventDeliveryOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #retries: { readonly entry: OutboxEntry; readonly attempt: number }[] = [];
  #running = 0;
  #lastTaken = 0;
  #started = false;
  #closed = false;

  constructor(options: EventDeliveryOptions) {
    this.#options = options;
  }

  start(): void {
    this.#started = true;
    this.wake();
  }

  /** To be called after new events were added. */
  wake(): void {
    while (this.#started && !this.#closed && this.#running < CONCURRENCY) {
      const next = this.#take();
      if (!next) return;
      this.#running++;
      void this.#deliver(next.entry, next.attempt).finally(() => {
        this.#running--;
        this.wake();
      });
    }
  }

  /** What is not delivered stays in the outbox for the next start. */
  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #take(): { readonly entry: OutboxEntry; readonly attempt: number } | undefined {
    const retry = this.#retries.shift();
    if (retry) return retry;
    const entry = this.#options.outbox.next(this.#lastTaken);
    if (!entry) return undefined;
    this.#lastTaken = entry.id;
    return { entry, attempt: 1 };
  }

  async #deliver(entry: OutboxEntry, attempt: number): Promise<void> {
    const { outbox, onEvent, now, report } = this.#options;
    try {
      await onEvent(entry.event);
    } catch (error) {
      if (this.#closed) return;
      if (attempt === 1) report('An object event was not accepted; it will be delivered again', error);
      if (now().getTime() - entry.created < MAX_AGE_MS) {
        this.#retryLater(entry, attempt);
        return;
      }
      report('An object event was given up after 24 hours', error);
    }
    if (!this.#closed) outbox.remove(entry.id);
  }

  #retryLater(entry: OutboxEntry, attempt: number): void {
    const delay = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LAST_DELAY_MS);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#retries.push({ entry, attempt: attempt + 1 });
      this.wake();
    }, delay);
    timer.unref();
    this.#timers.add(timer);
  }
}

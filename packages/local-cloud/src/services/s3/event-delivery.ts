import type { S3ObjectEvent } from './events.ts';
import type { Outbox, OutboxEntry } from './store/outbox.ts';

/** Deliveries at the same time. */
const CONCURRENCY = 16;
/** Events on their way. One that waits to be tried again does not count. */
const ON_THEIR_WAY = 1000;
const FIRST_DELAY_MS = 200;
const LAST_DELAY_MS = 30_000;
/** For which delivered events are gathered: each transaction waits for the disk. One that is not removed comes again, as S3 allows. */
const REMOVED_AFTER_MS = 100;
/** EventBridge gives an event up after 24 hours. */
const MAX_AGE_MS = 86_400_000;

export interface EventDeliveryOptions {
  readonly outbox: Outbox;
  readonly onEvent: (event: S3ObjectEvent) => Promise<void>;
  /** Milliseconds that the next event is on its way. */
  readonly delay: () => number;
  readonly now: () => Date;
  readonly report: (message: string, error: unknown) => void;
}

/** Hands events of the outbox to a listener, each until it succeeds: at least once, in no promised order. */
export class EventDelivery {
  readonly #options: EventDeliveryOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #arrived: { readonly entry: OutboxEntry; readonly attempt: number }[] = [];
  /** Ids of delivered events that are still in the outbox. */
  #delivered: number[] = [];
  #removal: NodeJS.Timeout | undefined;
  #onTheirWay = 0;
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
    try {
      if (!this.#started || this.#closed) return;
      this.#send();
      this.#deliverArrived();
    } catch (error) {
      this.#options.report('The outbox of events could not be read', error);
    }
  }

  /** What is not delivered stays in the outbox for the next start. */
  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#removeDelivered();
  }

  #send(): void {
    while (this.#onTheirWay < ON_THEIR_WAY) {
      const entry = this.#options.outbox.next(this.#lastTaken);
      if (!entry) return;
      this.#lastTaken = entry.id;
      this.#onTheirWay++;
      this.#arriveIn(this.#options.delay(), entry, 1);
    }
  }

  #deliverArrived(): void {
    while (this.#running < CONCURRENCY) {
      const next = this.#arrived.shift();
      if (!next) return;
      void this.#run(next.entry, next.attempt);
    }
  }

  async #run(entry: OutboxEntry, attempt: number): Promise<void> {
    this.#running++;
    const failure = await this.#deliver(entry);
    this.#running--;
    if (this.#closed) return;
    if (failure && !this.#isGivenUp(entry, attempt, failure)) this.#retryLater(entry, attempt);
    else this.#removeSoon(entry);
    this.wake();
  }

  /** @returns why the listener did not accept the event */
  async #deliver({ event }: OutboxEntry): Promise<{ readonly reason: unknown } | undefined> {
    try {
      await this.#options.onEvent(event);
      return undefined;
    } catch (reason) {
      return { reason };
    }
  }

  #isGivenUp({ created }: OutboxEntry, attempt: number, { reason }: { readonly reason: unknown }): boolean {
    const { now, report } = this.#options;
    const isTooOld = now().getTime() - created >= MAX_AGE_MS;
    if (isTooOld) report('An object event was given up after 24 hours', reason);
    else if (attempt === 1) report('An object event was not accepted; it will come again', reason);
    return isTooOld;
  }

  #removeSoon({ id }: OutboxEntry): void {
    this.#delivered.push(id);
    this.#removal ??= setTimeout(() => this.#removeDelivered(), REMOVED_AFTER_MS).unref();
  }

  #removeDelivered(): void {
    clearTimeout(this.#removal);
    this.#removal = undefined;
    const ids = this.#delivered;
    this.#delivered = [];
    if (ids.length === 0) return;
    try {
      this.#options.outbox.remove(ids);
    } catch (error) {
      this.#options.report('Delivered events could not be removed; they will come again after the next start', error);
    }
  }

  #retryLater(entry: OutboxEntry, attempt: number): void {
    this.#arriveIn(Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LAST_DELAY_MS), entry, attempt + 1);
  }

  #arriveIn(milliseconds: number, entry: OutboxEntry, attempt: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (attempt === 1) this.#onTheirWay--;
      this.#arrived.push({ entry, attempt });
      this.wake();
    }, milliseconds);
    timer.unref();
    this.#timers.add(timer);
  }
}

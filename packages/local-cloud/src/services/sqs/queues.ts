import { randomUUID } from 'node:crypto';
import { readState, writeState } from '../../json-state.ts';

/** What a queue does, beside keeping messages. */
export interface QueueSettings {
  /** Seconds for which a message that somebody has received is hidden from others. */
  readonly visibilitySeconds: number;
  /** Where a message goes that was received so often without being deleted. @default it stays */
  readonly redrive?: { readonly target: string; readonly maximumReceives: number };
}

/** A message with the queue that it is in. */
interface QueuedMessage {
  readonly id: string;
  /** ARN of the queue. */
  readonly queue: string;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** Nobody is given it before. */
  readonly visibleAt: number;
  readonly receives: number;
  /** Of the last time that it was received. */
  readonly receipt?: string;
}

export type ReceivedMessage = QueuedMessage & Required<Pick<QueuedMessage, 'receipt'>>;

/** The settings of Amazon SQS. */
const DEFAULT_SETTINGS: QueueSettings = { visibilitySeconds: 30 };

/**
 * Standard queues, in a file of the state folder. A message is given out at least once: one that was received and not deleted
 * comes again when its time is over, after a restart too.
 */
export class Queues {
  readonly #file: string | undefined;
  readonly #now: () => number;
  readonly #settings = new Map<string, QueueSettings>();
  #messages: readonly QueuedMessage[];
  #written: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  private constructor(file: string | undefined, messages: readonly QueuedMessage[], now: () => number) {
    this.#file = file;
    this.#messages = messages;
    this.#now = now;
  }

  /** @param file undefined keeps messages in memory */
  static async open(file: string | undefined, now: () => number = Date.now): Promise<Queues> {
    const messages = file === undefined ? undefined : ((await readState(file)) as QueuedMessage[] | undefined);
    return new Queues(file, messages ?? [], now);
  }

  declare(queue: string, settings: QueueSettings = DEFAULT_SETTINGS): void {
    this.#settings.set(queue, settings);
  }

  isDeclared(queue: string): boolean {
    return this.#settings.has(queue);
  }

  /** Bodies in the order in which they were sent, whoever has received them. */
  messages(queue: string): string[] {
    return this.#messages.filter((one) => one.queue === queue).map(({ body }) => body);
  }

  /** Resolves once the message is kept. @returns its id */
  async send(queue: string, body: string, delaySeconds = 0): Promise<string> {
    const now = this.#now();
    const id = randomUUID();
    const visibleAt = now + delaySeconds * 1000;
    this.#messages = [...this.#messages, { id, queue, body, sentAt: now, visibleAt, receives: 0 }];
    await this.#save();
    return id;
  }

  /** Messages that nobody has at the moment, hidden from others for a while; those that were received too often are moved. */
  async receive(queue: string, most: number): Promise<readonly ReceivedMessage[]> {
    const now = this.#now();
    const { visibilitySeconds, redrive } = this.#settings.get(queue) ?? DEFAULT_SETTINGS;
    const given: ReceivedMessage[] = [];
    let isChanged = false;
    this.#messages = this.#messages.map((one) => {
      if (one.queue !== queue || one.visibleAt > now || given.length === most) return one;
      isChanged = true;
      if (redrive && one.receives >= redrive.maximumReceives) {
        return { ...one, queue: redrive.target, receives: 0, visibleAt: now };
      }
      const hidden = now + visibilitySeconds * 1000;
      const received = { ...one, receives: one.receives + 1, visibleAt: hidden, receipt: randomUUID() };
      given.push(received);
      return received;
    });
    if (isChanged) await this.#save();
    return given;
  }

  /** @returns false for a receipt that is not a message's last one */
  async hide(queue: string, receipt: string, seconds: number): Promise<boolean> {
    const found = this.#messages.find((one) => one.queue === queue && one.receipt === receipt);
    if (!found) return false;
    const hidden = { ...found, visibleAt: this.#now() + seconds * 1000 };
    this.#messages = this.#messages.map((one) => (one === found ? hidden : one));
    await this.#save();
    return true;
  }

  async delete(queue: string, receipts: readonly string[]): Promise<void> {
    this.#messages = this.#messages.filter(
      (one) => one.queue !== queue || one.receipt === undefined || !receipts.includes(one.receipt),
    );
    await this.#save();
  }

  /** Changes that come while the file is written share the next writing. */
  #save(): Promise<void> {
    const file = this.#file;
    if (file === undefined) return Promise.resolve();
    this.#next ??= this.#written.then(() => {
      this.#next = undefined;
      this.#written = writeState(file, this.#messages);
      return this.#written;
    });
    return this.#next;
  }
}

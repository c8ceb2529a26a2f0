import { readState, writeState } from '../../json-state.ts';

/** A message with the queue that it is in. */
export interface QueuedMessage {
  /** ARN of the queue. */
  readonly queue: string;
  readonly body: string;
}

/** Queues that keep what services give up, so that a person can read it. No function can call them. */
export class Queues {
  readonly #file: string;
  readonly #messages: QueuedMessage[];
  #written: Promise<void> = Promise.resolve();

  private constructor(file: string, messages: QueuedMessage[]) {
    this.#file = file;
    this.#messages = messages;
  }

  static async open(file: string): Promise<Queues> {
    return new Queues(file, ((await readState(file)) ?? []) as QueuedMessage[]);
  }

  messages(queue: string): string[] {
    return this.#messages.filter((one) => one.queue === queue).map(({ body }) => body);
  }

  /** Resolves once the message is kept. */
  send(queue: string, body: string): Promise<void> {
    this.#messages.push({ queue, body });
    this.#written = this.#written.then(() => writeState(this.#file, this.#messages));
    return this.#written;
  }
}

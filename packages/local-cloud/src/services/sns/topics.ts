import { randomUUID } from 'node:crypto';

/** Takes a message of a topic. */
export type Subscriber = (event: unknown) => Promise<void>;

/** The topics of this machine: what is published goes to functions; mails and other servers are not told. */
export class Topics {
  readonly #subscribers = new Map<string, Subscriber[]>();
  readonly #now: () => Date;

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  declare(topicArn: string): void {
    this.#subscribers.set(topicArn, []);
  }

  /** @throws when there is no such topic */
  subscribe(topicArn: string, subscriber: Subscriber): void {
    this.#of(topicArn).push(subscriber);
  }

  /** Settles when every function has taken the message (AWS, "Using Lambda with Amazon SNS"). @throws what one of them failed with */
  async publish(topicArn: string, subject: string, message: string): Promise<void> {
    const Sns = {
      ...{ Type: 'Notification', MessageId: randomUUID(), TopicArn: topicArn, Subject: subject, Message: message },
      ...{ Timestamp: this.#now().toISOString(), MessageAttributes: {} },
    };
    const event = { Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', Sns }] };
    await Promise.all(this.#of(topicArn).map((take) => take(event)));
  }

  #of(topicArn: string): Subscriber[] {
    const found = this.#subscribers.get(topicArn);
    if (!found) throw new Error(`There is no topic ${topicArn}.`);
    return found;
  }
}

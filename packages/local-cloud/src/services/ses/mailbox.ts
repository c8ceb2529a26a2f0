import { randomUUID } from 'node:crypto';
import { readState, writeState } from '../../json-state.ts';

/** A mail that was sent on this machine. */
export interface StoredMail {
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** ISO 8601. */
  readonly sentAt: string;
}

/** Mails that are kept; older ones go. */
const KEPT = 200;

/** Where mails of this machine end: nothing leaves it. Kept in a file that only its owner may read. */
export class Mailbox {
  readonly #file: string | undefined;
  #mails: readonly StoredMail[];
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string | undefined, mails: readonly StoredMail[]) {
    this.#file = file;
    this.#mails = mails;
  }

  /** @param file undefined keeps mails in memory */
  static async open(file: string | undefined): Promise<Mailbox> {
    const state = file === undefined ? undefined : ((await readState(file)) as { mails?: StoredMail[] } | undefined);
    return new Mailbox(file, state?.mails ?? []);
  }

  /** Newest first. */
  list(): readonly StoredMail[] {
    return this.#mails;
  }

  async put(mail: Omit<StoredMail, 'id' | 'sentAt'>, now: Date): Promise<StoredMail> {
    const stored = { ...mail, id: randomUUID(), sentAt: now.toISOString() };
    this.#mails = [stored, ...this.#mails].slice(0, KEPT);
    const file = this.#file;
    if (file !== undefined) {
      const mails = this.#mails;
      this.#writing = this.#writing.catch(() => undefined).then(() => writeState(file, { mails }));
      await this.#writing;
    }
    return stored;
  }
}

import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

const DIGITS = 8;
const LIFE_MILLISECONDS = 180_000;

/** Wrong codes of one attempt, and of one account within the time of `WINDOW_MILLISECONDS`, whichever attempts they were in. */
const TRIES = 5;
const TRIES_OF_ACCOUNT = 10;
const WINDOW_MILLISECONDS = 900_000;

interface SentCode {
  readonly digest: Buffer;
  readonly account: string;
  readonly endsAt: number;
  tries: number;
}

export type CodeVerdict = 'right' | 'wrong' | 'over';

/** The second factor of this machine: a code by mail, for one attempt to sign in, used once. */
export class MailedCodes {
  readonly #now: () => number;
  readonly #sent = new Map<string, SentCode>();
  readonly #wrong = new Map<string, number[]>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A new code for an attempt; the one before is worth nothing. @returns undefined when the account had too many wrong ones */
  make(attempt: string, account: string): string | undefined {
    if (this.#isOver(account)) return undefined;
    const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
    this.#sent.set(attempt, { digest: digestOf(code), account, endsAt: this.#now() + LIFE_MILLISECONDS, tries: 0 });
    return code;
  }

  check(attempt: string, code: string): CodeVerdict {
    const sent = this.#sent.get(attempt);
    if (!sent || sent.endsAt <= this.#now() || sent.tries >= TRIES || this.#isOver(sent.account)) return 'over';
    if (timingSafeEqual(sent.digest, digestOf(code))) {
      this.#sent.delete(attempt);
      return 'right';
    }
    sent.tries += 1;
    this.#wrong.set(sent.account, [...this.#recent(sent.account), this.#now()]);
    return sent.tries >= TRIES ? 'over' : 'wrong';
  }

  #isOver(account: string): boolean {
    return this.#recent(account).length >= TRIES_OF_ACCOUNT;
  }

  #recent(account: string): number[] {
    return (this.#wrong.get(account) ?? []).filter((at) => at > this.#now() - WINDOW_MILLISECONDS);
  }
}

const digestOf = (code: string): Buffer => createHash('sha256').update(code).digest();
